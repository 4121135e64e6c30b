package io.countersign.server.platform.http;

import java.util.Map;

/** Headers that every answer, and every page, has unless its handler said otherwise. */
final class SafeHeaders {

    /** Answers are about persons, so no cache may keep them; assets say otherwise themselves. */
    private static final Map<String, String> ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store");

    private static final Map<String, String> PAGES = Map.of(
            "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            // The address of a page may hold a ticket: it must not leave with the next click.
            "Referrer-Policy", "no-referrer");

    private SafeHeaders() {
    }

    static Reply added(Reply reply) {
        Reply safe = added(reply, ALL);
        return reply.contentType().orElse("").startsWith("text/html") ? added(safe, PAGES) : safe;
    }

    private static Reply added(Reply reply, Map<String, String> headers) {
        Reply more = reply;
        for (var header : headers.entrySet()) {
            if (more.header(header.getKey()).isEmpty()) {
                more = more.header(header.getKey(), header.getValue());
            }
        }
        return more;
    }
}
