package io.countersign.server.privacy;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What one person asked for about his data.
 *
 * @param message carries the link by which it is confirmed
 */
public record PrivacyRequest(UUID id, ProjectId project, About about, UUID message, Kind kind, State state,
                             Times times, Optional<Decision> decision) {
    /** How long the link can be answered. */
    static final Duration LINK_LIFE = Duration.ofDays(7);
    /** How long the data can be fetched after that. */
    static final Duration DATA_LIFE = Duration.ofHours(24);
    /** In which it must be dealt with, from when it was asked. */
    static final Duration TERM = Duration.ofDays(30);

    /** Whom it is about, and the brand whose page it was asked on. */
    public record About(UUID customer, BrandId brand) {}

    /** When what happened; {@code due} is the end of the term that the law sets. */
    public record Times(Instant asked, Optional<Instant> confirmed, Optional<Instant> closed, Instant due) {}

    /** What an operator decided. */
    public record Decision(String by, Optional<String> reason) {}

    /** What is asked for. */
    public enum Kind { DOWNLOAD, ERASURE }

    /** How far it has come. */
    public enum State {
        /** Nobody has shown yet that the person asked. */
        ASKED,
        /** The person has; an operator is to decide. */
        CONFIRMED,
        DONE,
        REFUSED
    }

    boolean isExpired(Instant now) {
        return state == State.ASKED && !now.isBefore(times.asked().plus(LINK_LIFE));
    }

    /** Whether the person can fetch the data now. */
    boolean isServed(Instant now) {
        return kind == Kind.DOWNLOAD && state == State.DONE
                && times.confirmed().filter(at -> now.isBefore(at.plus(DATA_LIFE))).isPresent();
    }
}
