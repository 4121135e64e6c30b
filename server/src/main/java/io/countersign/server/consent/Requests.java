package io.countersign.server.consent;

import io.countersign.server.platform.http.Request;
import java.util.Optional;

/** What the network side of a request tells, for the evidence. */
public final class Requests {
    private Requests() {}

    public static ConsentDraft.Request of(Request request) {
        return new ConsentDraft.Request(Optional.of(request.clientAddress().text()), request.header("User-Agent"),
                request.header("Referer").or(() -> origin(request)));
    }

    /** Browsers say {@code null} where they are told to tell nobody, as our own pages tell them. */
    private static Optional<String> origin(Request request) {
        return request.header("Origin").filter(origin -> !origin.equals("null"));
    }
}
