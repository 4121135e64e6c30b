package io.countersign.server.project;

import java.time.Instant;

/**
 * What is known of a key. The key itself is nowhere.
 *
 * @param test a test key may do less, and for some hours only
 */
public record IntegrationKey(String name, boolean test, Instant createdAt, boolean revoked) {}
