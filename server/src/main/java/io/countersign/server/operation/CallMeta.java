package io.countersign.server.operation;

import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a call besides what it asks for.
 *
 * @param ip         the customer's address as the caller tells it, else the caller's own
 * @param network    what limits count the customer's address by; empty when only the caller's own is known
 * @param page       the page it was sent from, as far as a browser told
 * @param device     the device of the customer, as the caller names it
 * @param credential what it was let in by
 */
public record CallMeta(String ip, Optional<String> network, Optional<String> userAgent, Optional<String> page,
                       Optional<UUID> device, Credential credential) {
    /** What opened the door. */
    public enum Credential {
        SECRET_KEY,
        /** A key for trying: it may do less, and less often (CC4). */
        TEST_KEY,
        /** A page of one of the integration's sites: it is told nothing about customers. */
        SITE
    }
}
