package io.countersign.domain.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts.AsNonPrimary;
import io.countersign.domain.eligibility.Facts.AsPrimary;
import io.countersign.domain.eligibility.Facts.Nobody;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import java.util.EnumSet;
import java.util.List;

/** The one answer whether a message may go (design: never stored, always computed). */
public final class EligibilityRules {
    private EligibilityRules() {}

    /** Every reason against the message, in order of precedence; none means that it may go. */
    public static List<Reason> reasonsAgainst(Facts facts, MessageKind kind, boolean requireVerified) {
        return reasonsAgainst(facts, kind.checks(), requireVerified);
    }

    /** The same with the checks of any profile. */
    public static List<Reason> reasonsAgainst(Facts facts, Checks checks, boolean requireVerified) {
        var reasons = EnumSet.noneOf(Reason.class);
        if (facts.holding() instanceof Nobody) {
            reasons.add(Reason.UNKNOWN_CONTACT);
        }
        facts.suppressions().forEach(reason -> reasons.add(suppressed(reason)));
        if (!facts.delivered()) {
            reasons.add(Reason.CHANNEL_NOT_DELIVERED);
        }
        if (checks.wantsPrimary()) {
            primary(facts, reasons);
        }
        if (checks.validity()) {
            valid(facts, reasons);
        }
        if (checks.subscription()) {
            subscribed(facts, reasons);
            verified(facts, requireVerified, reasons);
        }
        if (checks.awaiting()) {
            awaiting(facts, reasons);
        }
        if (checks.frequency() && facts.often()) {
            reasons.add(Reason.TOO_OFTEN);
        }
        return List.copyOf(reasons);
    }

    /** D4: with a topic its node decides, but an unsubscribed channel blocks as well. */
    private static void subscribed(Facts facts, EnumSet<Reason> reasons) {
        if (facts.channel() == SubscriptionStatus.UNSUBSCRIBED) {
            reasons.add(Reason.UNSUBSCRIBED);
        }
        switch (facts.topic().orElse(facts.channel())) {
            case SUBSCRIBED -> { /* nothing against it */ }
            case REQUIRES_CONFIRMATION -> reasons.add(Reason.REQUIRES_CONFIRMATION);
            case UNSUBSCRIBED -> reasons.add(
                    facts.topic().isPresent() ? Reason.TOPIC_UNSUBSCRIBED : Reason.UNSUBSCRIBED);
            case NO_DATA -> reasons.add(Reason.NOT_SUBSCRIBED);
        }
    }

    /** Whoever has left the channel is not asked about a topic of it: the answer could not bring any mail. */
    private static void awaiting(Facts facts, EnumSet<Reason> reasons) {
        if (facts.topic().isPresent() && facts.channel() == SubscriptionStatus.UNSUBSCRIBED) {
            reasons.add(Reason.UNSUBSCRIBED);
        }
        if (facts.topic().orElse(facts.channel()) != SubscriptionStatus.REQUIRES_CONFIRMATION) {
            reasons.add(Reason.NOT_AWAITING_CONFIRMATION);
        }
    }

    private static void primary(Facts facts, EnumSet<Reason> reasons) {
        if (facts.holding() instanceof AsNonPrimary) {
            reasons.add(Reason.NON_PRIMARY);
        }
    }

    private static void valid(Facts facts, EnumSet<Reason> reasons) {
        boolean valid = switch (facts.holding()) {
            case Nobody _ -> true;
            case AsNonPrimary(boolean of) -> of;
            case AsPrimary(_, boolean of) -> of;
        };
        if (!valid) {
            reasons.add(Reason.INVALID_CONTACT);
        }
    }

    private static void verified(Facts facts, boolean requireVerified, EnumSet<Reason> reasons) {
        if (requireVerified && !isVerified(facts) && !(facts.holding() instanceof Nobody)) {
            reasons.add(Reason.NOT_VERIFIED);
        }
    }

    /** On any of the three levels: the contact's own, the brand's, a client's. */
    private static boolean isVerified(Facts facts) {
        return facts.holding() instanceof AsPrimary(Verification verification, _)
                && (verification == Verification.CONFIRMED || facts.verifiedElsewhere());
    }

    private static Reason suppressed(SuppressionReason reason) {
        return switch (reason) {
            case HARD_BOUNCE -> Reason.HARD_BOUNCE;
            case COMPLAINT -> Reason.COMPLAINT;
            case MANUAL -> Reason.MANUALLY_SUPPRESSED;
        };
    }
}
