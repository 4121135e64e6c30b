package io.countersign.server.project;

import java.util.Optional;

/**
 * Whom messages of a brand come from.
 *
 * @param email an address, with a name before it or without
 */
public record Sender(Optional<String> email, Optional<String> sms) {}
