package io.countersign.server.access;

/** Whether a request may come in. */
public sealed interface Authentication {
    record Granted(Caller caller) implements Authentication {}

    record Denied(Reason reason) implements Authentication {}

    /** Why not. Dialects have their own codes for these. */
    enum Reason {
        /** No Authorization header. */
        MISSING,
        /** Not a bearer token, or none after the word. */
        MALFORMED,
        /** No key or token of this server. */
        UNKNOWN,
        /** A key that was taken back. */
        REVOKED,
        /** A test key older than 12 hours. */
        EXPIRED,
        /** A good key of an integration that is switched off. */
        INACTIVE
    }
}
