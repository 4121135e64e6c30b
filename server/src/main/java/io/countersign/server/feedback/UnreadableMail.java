package io.countersign.server.feedback;

/** A mail that is too large, too deep or too broken to be understood; says how, and quotes nothing of it. */
final class UnreadableMail extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableMail(String how) {
        super(how);
    }
}
