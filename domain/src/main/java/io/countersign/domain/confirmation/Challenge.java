package io.countersign.domain.confirmation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What was sent to be answered, by a link or a code.
 *
 * @param key     whom and what it concerns; there is one open challenge per key
 * @param asked   what answering subscribes to; for a contact's proof the node that its ticket may confirm
 * @param mailed  when its messages went or will go
 * @param guesses how many codes were tried on it
 */
public record Challenge(UUID id, Key key, Asked asked, State state, Instant expiresAt, List<Instant> mailed,
                        Guesses guesses) {
    public Challenge {
        mailed = List.copyOf(mailed);
    }

    /** A challenge at which nobody has guessed yet. */
    public Challenge(UUID id, Key key, Asked asked, State state, Instant expiresAt, List<Instant> mailed) {
        this(id, key, asked, state, expiresAt, mailed, Guesses.NONE);
    }

    /** One open challenge per purpose, brand and contact; {@code value} is the address or phone. */
    public record Key(UUID customer, Purpose purpose, BrandId brand, ContactType type, String value) {
        public static Key optIn(UUID customer, BrandId brand, String email) {
            return new Key(customer, Purpose.OPT_IN, brand, ContactType.EMAIL, email);
        }

        /** The same, concerning another customer. */
        public Key of(UUID other) {
            return new Key(other, purpose, brand, type, value);
        }
    }

    /** Codes tried on a challenge, right or wrong, each counted before it is compared. */
    public record Guesses(int tried, Optional<Instant> last) {
        public static final Guesses NONE = new Guesses(0, Optional.empty());

        public Guesses and(Instant now) {
            return new Guesses(tried + 1, Optional.of(now));
        }
    }

    /** What is asked for: the channel with topics, or topics under a channel that is subscribed already. */
    public record Asked(Scope scope, SortedSet<TopicId> topics, Optional<String> form) {
        /** No more than the channel. */
        public static final Asked CHANNEL = new Asked(Scope.CHANNEL, new TreeSet<>(), Optional.empty());

        public Asked {
            topics = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(topics));
        }

        /** Both requests in one: the wider scope, all topics. */
        public Asked and(Asked other) {
            var both = new TreeSet<>(topics);
            both.addAll(other.topics);
            return new Asked(scope == Scope.CHANNEL ? scope : other.scope, both, form.or(other::form));
        }
    }

    /** How far a confirmation reaches. */
    public enum Scope { CHANNEL, TOPICS }

    /** SUPERSEDED: another took its place. VOID: the address is no longer held, or the customer is gone. */
    public enum State { OPEN, CONFIRMED, REJECTED, SUPERSEDED, VOID }

    public boolean isOpen(Instant now) {
        return state == State.OPEN && now.isBefore(expiresAt);
    }

    public boolean isExpired(Instant now) {
        return state == State.OPEN && !now.isBefore(expiresAt);
    }

    public Challenge with(State other) {
        return new Challenge(id, key, asked, other, expiresAt, mailed, guesses);
    }

    public Challenge with(Asked other) {
        return new Challenge(id, key, other, state, expiresAt, mailed, guesses);
    }

    public Challenge with(Key other) {
        return new Challenge(id, other, asked, state, expiresAt, mailed, guesses);
    }

    public Challenge with(Guesses other) {
        return new Challenge(id, key, asked, state, expiresAt, mailed, other);
    }

    public Challenge mailedAt(List<Instant> times) {
        return new Challenge(id, key, asked, state, expiresAt, times, guesses);
    }
}
