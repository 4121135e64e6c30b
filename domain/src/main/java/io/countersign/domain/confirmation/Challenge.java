package io.countersign.domain.confirmation;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A request for an opt-in that was mailed and may be answered.
 *
 * @param key    whom and what it concerns; there is one open challenge per key
 * @param asked  what confirming subscribes to
 * @param mailed when its mails went or will go
 */
public record Challenge(UUID id, Key key, Asked asked, State state, Instant expiresAt, List<Instant> mailed) {
    public Challenge {
        mailed = List.copyOf(mailed);
    }

    /** One open challenge per brand and contact; {@code value} is the address. */
    public record Key(UUID customer, BrandId brand, String value) {}

    /** What is asked for: the channel with topics, or topics under a channel that is subscribed already. */
    public record Asked(Scope scope, SortedSet<TopicId> topics, Optional<String> form) {
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
        return new Challenge(id, key, asked, other, expiresAt, mailed);
    }

    public Challenge with(Asked other) {
        return new Challenge(id, key, other, state, expiresAt, mailed);
    }

    public Challenge with(Key other) {
        return new Challenge(id, other, asked, state, expiresAt, mailed);
    }

    public Challenge mailedAt(List<Instant> times) {
        return new Challenge(id, key, asked, state, expiresAt, times);
    }
}
