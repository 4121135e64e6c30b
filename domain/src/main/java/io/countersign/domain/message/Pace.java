package io.countersign.domain.message;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast messages go to one receiving domain, or all together: as fast as the operator allows, and slower after the
 * receiver has asked to come later. Each temporary failure halves it, at most once a second; each success after that
 * lets it recover by a quarter, at most once a second.
 *
 * @param limit    messages a second that the operator allows; 0: as many as there are
 * @param slowed   messages a second since the last failures; 0: not slowed
 * @param next     when, evenly spread, the next one would go
 * @param reserved until when places are given to those who were put off
 * @param changed  when it was last slowed or recovered
 */
public record Pace(double limit, double slowed, Instant next, Instant reserved, Instant changed) {
    /** So much may come at once after a quiet time. */
    private static final Duration BURST = Duration.ofSeconds(1);
    private static final Duration SOONEST = Duration.ofSeconds(1);
    /** Nobody is put off for longer: until then the pace may have recovered. */
    private static final Duration LATEST = Duration.ofMinutes(15);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final double FLOOR = 1;
    private static final double FIRST_SLOWED = 20;
    private static final double RECOVERED = 200;
    private static final double GROWTH = 1.25;

    /** Nothing was sent yet. */
    public static Pace of(double limit, Instant now) {
        return new Pace(limit, 0, now, now, Instant.EPOCH);
    }

    /** What becomes of one that wants to go, and the pace after it. */
    public sealed interface Turn {
        Pace after();

        /** It goes now. */
        record Now(Pace after) implements Turn {}

        /** It comes again then. */
        record Later(Pace after, Instant due) implements Turn {}
    }

    /** Whether there is anything to keep: without a limit, and when not slowed, everybody goes at once. */
    public boolean isFree() {
        return limit == 0 && slowed == 0;
    }

    /** Messages a second; 0: as many as there are. */
    public double perSecond() {
        return slowed == 0 ? limit : slowed;
    }

    /** Asks for a turn: whoever comes too early gets the next free place, each another one. */
    public Turn ask(Instant now) {
        if (isFree() || !next.isAfter(now.plus(BURST).minus(interval()))) {
            return new Turn.Now(count(now));
        }
        Instant earliest = later(later(next, reserved), now.plus(SOONEST));
        Instant latest = now.plus(LATEST);
        Instant due = earliest.isAfter(latest) ? latest : earliest;
        return new Turn.Later(new Pace(limit, slowed, next, due.plus(interval()), changed), due);
    }

    /** One goes, whether it had a turn or could not wait. */
    public Pace count(Instant now) {
        return isFree() ? this : new Pace(limit, slowed, later(next, now).plus(interval()), reserved, changed);
    }

    /** The receiver had one come later. */
    public Pace failed(Instant now) {
        if (now.isBefore(changed.plus(STEP))) {
            return this;
        }
        double before = perSecond() == 0 ? FIRST_SLOWED : perSecond();
        return new Pace(limit, Math.min(before, Math.max(FLOOR, before / 2)), later(next, now), now, now);
    }

    /** The receiver took one. */
    public Pace succeeded(Instant now) {
        if (slowed == 0 || now.isBefore(changed.plus(STEP))) {
            return this;
        }
        double faster = slowed * GROWTH;
        boolean recovered = faster >= (limit == 0 ? RECOVERED : limit);
        return new Pace(limit, recovered ? 0 : faster, next, reserved, now);
    }

    private Duration interval() {
        return isFree() ? Duration.ZERO : Duration.ofNanos((long) (1e9 / perSecond()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
