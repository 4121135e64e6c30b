package io.countersign.server.consent;

import io.countersign.server.platform.http.Request;

/** What the network side of a request tells, for the evidence. */
public final class Requests {
    private Requests() {}

    public static ConsentDraft.Request of(Request request) {
        return new ConsentDraft.Request(java.util.Optional.of(request.clientAddress().text()),
                request.header("User-Agent"), request.header("Referer").or(() -> request.header("Origin")));
    }
}
