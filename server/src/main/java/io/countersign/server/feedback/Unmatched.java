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
        recipient = recipient.map(Unmatched::line);
        detail = detail.map(Unmatched::line);
    }

    /** One bounded line: whoever wrote it is not trusted. */
    private static String line(String text) {
        String head = text.substring(0, Math.min(text.length(), LONGEST));
        return head.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
    }
}
