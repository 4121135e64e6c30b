package io.countersign.domain.confirmation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.CodeLimits;
import io.countersign.domain.project.CodeLimits.Cap;
import java.time.Instant;

/**
 * A running count that outlives challenges: a resend does not clear it.
 *
 * @param since when the counting began; a window later it begins anew
 */
public record Guard(Key key, int count, Instant since) {
    /** What is counted: {@code value} is a contact, an IP network, or the beginning of phone numbers. */
    public record Key(Kind kind, String value) {
        public static Key failures(ContactType type, String value) {
            return new Key(Kind.FAILURES_OF_VALUE, type == ContactType.EMAIL ? "email:" + value : "mobile:" + value);
        }
    }

    /** The kinds of counts. */
    public enum Kind { FAILURES_OF_VALUE, FAILURES_OF_ADDRESS, SMS_TO_NUMBER, SMS_TO_PREFIX, SMS_FROM_ADDRESS }

    /** Nothing was counted yet. */
    public static Guard fresh(Key key, Instant now) {
        return new Guard(key, 0, now);
    }

    /** One more. */
    public Guard counted(CodeLimits limits, Instant now) {
        Cap cap = cap(limits);
        return isOver(cap, now) ? new Guard(key, 1, now) : new Guard(key, count + 1, since);
    }

    /** The earliest instant, not before {@code now}, at which one more is allowed. */
    public Instant nextAllowed(CodeLimits limits, Instant now) {
        Cap cap = cap(limits);
        return isOver(cap, now) || count < cap.most() ? now : since.plus(cap.window());
    }

    private Cap cap(CodeLimits limits) {
        return switch (key.kind()) {
            case FAILURES_OF_VALUE -> limits.failures().ofValue();
            case FAILURES_OF_ADDRESS -> limits.failures().ofAddress();
            case SMS_TO_NUMBER -> limits.sms().toNumber();
            case SMS_TO_PREFIX -> limits.sms().toPrefix();
            case SMS_FROM_ADDRESS -> limits.sms().fromAddress();
        };
    }

    private boolean isOver(Cap cap, Instant now) {
        return count == 0 || !now.isBefore(since.plus(cap.window()));
    }
}
