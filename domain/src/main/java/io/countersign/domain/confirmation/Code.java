package io.countersign.domain.confirmation;

import java.time.Instant;
import java.util.UUID;

/**
 * A code that was sent. The code itself is nowhere: only its message carries it.
 *
 * @param hash keyed hash of the code, as text
 */
public record Code(UUID challenge, String hash, Instant expiresAt) {
    boolean isLive(Instant now) {
        return now.isBefore(expiresAt);
    }
}
