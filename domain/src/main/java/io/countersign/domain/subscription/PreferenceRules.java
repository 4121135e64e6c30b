package io.countersign.domain.subscription;

import java.util.Optional;

/** The boxes of the preference page: what they show, and what saving them asks for (UP2, UP3, UP5). */
public final class PreferenceRules {
    private PreferenceRules() {}

    /** UP2: what somebody was asked to confirm is shown ticked, so that leaving it so says yes. */
    public static boolean isTicked(SubscriptionStatus status) {
        return switch (status) {
            case SUBSCRIBED, REQUIRES_CONFIRMATION -> true;
            case UNSUBSCRIBED, NO_DATA -> false;
        };
    }

    /**
     * What the person asks for at one topic by saving: only what he changed, and what he left ticked though it awaited
     * his confirmation (UP3). What has changed elsewhere while the page was open stays as it is.
     *
     * @param now    the topic's status when the page is saved
     * @param shown  whether its box was ticked when the page was shown
     * @param ticked whether it is now
     */
    public static Optional<Instruction> saved(SubscriptionStatus now, boolean shown, boolean ticked) {
        return switch (now) {
            case SUBSCRIBED -> shown && !ticked ? Optional.of(Instruction.UNSUBSCRIBE) : Optional.empty();
            case REQUIRES_CONFIRMATION -> ticked ? Optional.of(Instruction.SUBSCRIBE)
                    : shown ? Optional.of(Instruction.UNSUBSCRIBE) : Optional.empty();
            case UNSUBSCRIBED, NO_DATA -> ticked && !shown ? Optional.of(Instruction.SUBSCRIBE) : Optional.empty();
        };
    }
}
