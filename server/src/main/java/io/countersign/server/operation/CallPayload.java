package io.countersign.server.operation;

import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a queued call carries, as it is kept: encrypted, since it names people and may hold codes. */
record CallPayload(CallBody body, CallMeta meta) {
    byte[] seal(Secrets secrets) {
        ObjectNode tree = Json.object().put("ip", meta.ip())
                .put("credential", meta.credential().name().toLowerCase(Locale.ROOT));
        meta.network().ifPresent(network -> tree.put("network", network));
        meta.userAgent().ifPresent(agent -> tree.put("agent", agent));
        meta.page().ifPresent(page -> tree.put("page", page));
        meta.device().ifPresent(device -> tree.put("device", device.toString()));
        tree.set("body", body.root());
        return secrets.seal(Json.write(tree));
    }

    static CallPayload open(Secrets secrets, byte[] sealed) {
        JsonNode tree = Json.parse(new String(secrets.open(sealed), StandardCharsets.UTF_8));
        return new CallPayload(new CallBody((ObjectNode) tree.path("body")), new CallMeta(tree.path("ip").asString(),
                text(tree, "network"), text(tree, "agent"), text(tree, "page"),
                text(tree, "device").map(UUID::fromString),
                CallMeta.Credential.valueOf(tree.path("credential").asString().toUpperCase(Locale.ROOT))));
    }

    private static Optional<String> text(JsonNode tree, String name) {
        return Optional.ofNullable(tree.path(name).asString(null));
    }
}
