package io.countersign.domain.contact;

import io.countersign.domain.contact.Validity.Invalid;
import io.countersign.domain.contact.Validity.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When deliveries make a contact invalid, and for how long (CP10). */
public final class ValidityRules {
    /** How long a full mailbox is left alone, the first time and each further time in succession. */
    static final List<Duration> FULL = List.of(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90),
            Duration.ofDays(180), Duration.ofDays(360));
    /** So many refusals in succession, the last more than {@link #SPREAD} after the first. */
    static final int REFUSALS = 3;
    static final Duration SPREAD = Duration.ofDays(7);
    /** For so long after a sending, what somebody does with the message shows that it arrived. */
    public static final Duration ANSWERED = Duration.ofHours(36);

    private ValidityRules() {}

    /** What a contact is after a message to it came to this. */
    public static Validity report(Validity before, DeliveryReport report, Instant now) {
        return switch (report) {
            case ACCEPTED -> before.with(Refusals.NONE).withFullPeriods(0);
            case NO_SUCH_ADDRESS -> isForGood(before) ? before : forGood(before, InvalidReason.NO_SUCH_ADDRESS, now);
            case REFUSED -> isForGood(before) ? before : refused(before.with(before.refusals().and(now)), now);
            case MAILBOX_FULL -> before.invalid(now).isPresent() ? before : full(before, now);
        };
    }

    /** Somebody knows that it can be reached: nothing that deliveries told counts any more. */
    public static Validity restore(Validity before) {
        return Validity.of(before.contact());
    }

    /** Whether an open, a click, a request to leave or an automatic answer now shows that a message arrived (CP10). */
    public static boolean countsAsReached(Instant sentAt, Instant now) {
        return !now.isAfter(sentAt.plus(ANSWERED));
    }

    private static boolean isForGood(Validity before) {
        return before.invalid().filter(known -> known.until().isEmpty()).isPresent();
    }

    private static Validity refused(Validity counted, Instant now) {
        Instant first = counted.refusals().first().orElse(now);
        boolean enough = counted.refusals().count() >= REFUSALS && now.isAfter(first.plus(SPREAD));
        return enough ? forGood(counted, InvalidReason.REFUSES_MESSAGES, now) : counted;
    }

    private static Validity forGood(Validity before, InvalidReason reason, Instant now) {
        return before.with(new Invalid(reason, now, Optional.empty()));
    }

    /** What comes while a period lasts does not prolong it: only transactional messages go then. */
    private static Validity full(Validity before, Instant now) {
        Duration period = FULL.get(Math.min(before.fullPeriods(), FULL.size() - 1));
        return before.with(new Invalid(InvalidReason.MAILBOX_FULL, now, Optional.of(now.plus(period))))
                .withFullPeriods(Math.min(before.fullPeriods() + 1, FULL.size()));
    }
}
