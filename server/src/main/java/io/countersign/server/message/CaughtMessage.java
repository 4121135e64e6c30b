package io.countersign.server.message;

import java.time.Instant;

/** One message of the built-in catcher as its list shows it. */
public sealed interface CaughtMessage permits CaughtMail, CaughtSms {
    /** Safe within a path: letters, digits, {@code _} and {@code -}. */
    String id();

    String from();

    String to();

    /** One line about it, not blank. */
    String heading();

    Instant caughtAt();
}
