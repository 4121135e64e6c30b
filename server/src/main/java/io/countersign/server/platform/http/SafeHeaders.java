package io.countersign.server.platform.http;

import java.util.List;

/** Headers that every answer, and every page, has unless its handler said otherwise. */
final class SafeHeaders {

    /** Answers are about persons, so no cache may keep them; assets say otherwise themselves. */
    private static final List<Header> ALL = List.of(
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("Cache-Control", "no-store"));

    private static final List<Header> PAGES = List.of(
            new Header("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; "
                    + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
            // The address of a page may hold a ticket: it must not leave with the next click.
            new Header("Referrer-Policy", "no-referrer"));

    private SafeHeaders() {
    }

    static Reply added(Reply reply) {
        Reply safe = reply.headersUnlessSet(ALL);
        return reply.contentType().orElse("").startsWith("text/html") ? safe.headersUnlessSet(PAGES) : safe;
    }
}
