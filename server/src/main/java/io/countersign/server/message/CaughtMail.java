package io.countersign.server.message;

import java.time.Instant;

/**
 * One mail of the built-in catcher.
 *
 * @param id safe within a path: letters, digits, {@code _} and {@code -}
 */
public record CaughtMail(String id, String from, String to, String subject, Instant caughtAt)
        implements CaughtMessage {
    @Override
    public String heading() {
        return subject.isBlank() ? "(no subject)" : subject;
    }
}
