package io.countersign.server.message;

import java.time.Instant;

/**
 * One mail of the built-in catcher as its list shows it.
 *
 * @param id safe within a path: letters, digits, {@code _} and {@code -}
 */
public record CaughtMail(String id, String from, String to, String subject, Instant caughtAt) {}
