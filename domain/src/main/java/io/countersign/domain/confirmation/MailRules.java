package io.countersign.domain.confirmation;

import io.countersign.domain.project.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** When the next mail about a challenge may go: no sooner than the cool-down, at most so many in 24 hours. */
public final class MailRules {
    private static final Duration DAY = Duration.ofDays(1);

    private MailRules() {}

    /** The earliest instant, not before {@code now}, at which another mail may go. */
    public static Instant nextAllowed(Collection<Instant> mailed, Limits limits, Instant now) {
        List<Instant> recent = recent(mailed, now);
        Instant next = now;
        if (!recent.isEmpty()) {
            next = later(next, recent.getLast().plus(limits.cooldown()));
        }
        if (recent.size() >= limits.perDay()) {
            next = later(next, recent.get(recent.size() - limits.perDay()).plus(DAY));
        }
        return next;
    }

    /** The mails that still count, oldest first. */
    public static List<Instant> recent(Collection<Instant> mailed, Instant now) {
        return mailed.stream().filter(at -> at.isAfter(now.minus(DAY))).sorted().toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
