package io.countersign.domain.contact;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a contact was verified, on the three levels of source 003: the contact itself, the brand, the client (an
 * integration). Any one of them is enough for marketing.
 */
public record VerifiedAt(Optional<Instant> contact, Optional<Instant> brand, Optional<Instant> client) {
    public static final VerifiedAt NEVER = new VerifiedAt(Optional.empty(), Optional.empty(), Optional.empty());

    /** A client's verification: contact and client level, each keeping its own earliest instant (decision 1). */
    public VerifiedAt verify(Instant at) {
        return new VerifiedAt(earliest(contact, at), brand, earliest(client, at));
    }

    /** A client takes its verification back: contact and client level; the brand's stays. */
    public VerifiedAt clear() {
        return new VerifiedAt(Optional.empty(), brand, Optional.empty());
    }

    public boolean isVerified() {
        return Stream.of(contact, brand, client).anyMatch(Optional::isPresent);
    }

    private static Optional<Instant> earliest(Optional<Instant> stored, Instant at) {
        return Optional.of(stored.filter(at::isAfter).orElse(at));
    }
}
