package io.countersign.server.campaign;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What somebody gives along with one message of a campaign: {@code ${CustomParameters.x}}. */
public final class CustomParameters {
    /** For who gave too much. */
    public static final String TOO_LARGE = "The custom parameters are too large.";
    private static final int LARGEST = 16_000;

    private CustomParameters() {}

    /** As they are stored; empty when they are too large. */
    public static Optional<String> of(ObjectNode given) {
        return Optional.of(Json.writeText(given)).filter(json -> json.length() <= LARGEST);
    }

    /** Those of a body of {@code /v1}; the empty text for none. */
    static String in(Members body) {
        return body.value("custom").filter(value -> !value.isNull()).map(value -> {
            if (!(value instanceof ObjectNode given)) {
                throw body.invalid("custom", "An object is expected.");
            }
            return of(given).orElseThrow(() -> body.invalid("custom", TOO_LARGE));
        }).orElse("");
    }
}
