package io.countersign.domain.contact;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether messages can reach a contact, as deliveries have told. It is a fact about the address or number, whoever
 * holds it.
 *
 * @param invalid     why it is not valid; may have ended
 * @param refusals    refusals since the last acceptance
 * @param fullPeriods how often in succession a full mailbox made it invalid
 */
public record Validity(Contact contact, Optional<Invalid> invalid, Refusals refusals, int fullPeriods) {
    /** An address or number. */
    public record Contact(ContactType type, String value) {}

    /**
     * A time without validity.
     *
     * @param until when it ends by itself; empty when it does not
     */
    public record Invalid(InvalidReason reason, Instant since, Optional<Instant> until) {}

    /** Refusals one after the other; {@code first} is when the first of them came. */
    public record Refusals(int count, Optional<Instant> first) {
        public static final Refusals NONE = new Refusals(0, Optional.empty());

        Refusals and(Instant now) {
            return new Refusals(count + 1, Optional.of(first.orElse(now)));
        }
    }

    /** Nothing speaks against it. */
    public static Validity of(Contact contact) {
        return new Validity(contact, Optional.empty(), Refusals.NONE, 0);
    }

    /** Why it is not valid now. */
    public Optional<Invalid> invalid(Instant now) {
        return invalid.filter(known -> known.until().filter(end -> !now.isBefore(end)).isEmpty());
    }

    /** Whether there is nothing to remember. */
    public boolean isClean() {
        return equals(of(contact));
    }

    Validity with(Invalid other) {
        return new Validity(contact, Optional.of(other), refusals, fullPeriods);
    }

    Validity with(Refusals other) {
        return new Validity(contact, invalid, other, fullPeriods);
    }

    Validity withFullPeriods(int count) {
        return new Validity(contact, invalid, refusals, count);
    }
}
