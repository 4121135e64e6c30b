package io.countersign.server.feedback;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Feedback that belongs to nobody.
 *
 * @param source    the way it came by
 * @param kind      what was told
 * @param recipient the address or number that was named
 */
record Unmatched(UUID id, Instant at, String source, String kind, String reason, Optional<String> recipient,
                 Optional<String> detail) {
    private static final int LONGEST = 500;

    Unmatched {
        recipient = recipient.map(text -> Feedback.line(text, LONGEST));
        detail = detail.map(text -> Feedback.line(text, LONGEST));
    }
}
