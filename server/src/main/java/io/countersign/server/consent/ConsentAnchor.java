package io.countersign.server.consent;

import java.time.Instant;
import java.util.UUID;

/**
 * A hash over all consents of a project since the anchor before it. A copy that is kept elsewhere shows later even what
 * somebody with the server's key rewrote.
 *
 * @param number   from 1, without gaps
 * @param until    covers the ids from the anchor before up to this, exclusive
 * @param previous the hash of the anchor before; null for the first
 */
public record ConsentAnchor(int number, Instant at, UUID until, int records, byte[] previous, byte[] hash) {}
