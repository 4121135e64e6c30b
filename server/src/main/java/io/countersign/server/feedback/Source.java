package io.countersign.server.feedback;

import io.countersign.server.platform.Names;

/** The ways that feedback comes by. */
public enum Source {
    /** A mail, over HTTP or out of a mailbox: anybody can write one, so it must prove which message it is about. */
    MAIL(false),
    /** Amazon SES, signed by SNS. */
    SES(true),
    /** A program with the key of the endpoint. */
    EVENTS(true);

    private final boolean trusted;

    Source(boolean trusted) {
        this.trusted = trusted;
    }

    /** Whether it is believed about an address alone. */
    boolean isTrusted() {
        return trusted;
    }

    String word() {
        return Names.of(this);
    }
}
