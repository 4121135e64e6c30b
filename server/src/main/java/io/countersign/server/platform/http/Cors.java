package io.countersign.server.platform.http;

/**
 * Answers that pages of any site may read. Without credentials: a browser sends no cookies along, so the
 * answer is one that anybody could fetch.
 */
final class Cors {

    private Cors() {
    }

    static Reply open(Reply reply) {
        return reply.header("Access-Control-Allow-Origin", "*");
    }

    /** The answer to a preflight, given what {@code OPTIONS} answers anyway. */
    static Reply preflight(Reply options, String methods) {
        return open(options)
                .header("Access-Control-Allow-Methods", methods)
                .header("Access-Control-Allow-Headers", "*, Authorization")
                .header("Access-Control-Max-Age", "86400");
    }
}
