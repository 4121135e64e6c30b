package io.countersign.server.project;

import java.util.Optional;

/**
 * Whom messages of a brand come from.
 *
 * @param email        an address, with a name before it or without
 * @param returnDomain a domain whose mail comes to this server: what cannot be delivered goes back to it
 */
public record Sender(Optional<String> email, Optional<String> sms, Optional<String> returnDomain) {}
