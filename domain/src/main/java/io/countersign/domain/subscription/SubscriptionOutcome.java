package io.countersign.domain.subscription;

/** What an instruction did. */
public sealed interface SubscriptionOutcome {
    /** The tree changed. {@code action} is the action template it issues, if any. */
    record Moved(SubscriptionTree tree, Action action) implements SubscriptionOutcome {}

    /** Nothing changed, and that is right. */
    record Unchanged(Why why) implements SubscriptionOutcome {}

    /** This way does not accept this instruction. */
    record Refused(Why why) implements SubscriptionOutcome {}

    /** Actions that flows can start on (FL10, UP3). */
    enum Action { NONE, CHANNEL_SUBSCRIPTION, TOPIC_SUBSCRIPTION, ADVERTISING_CONSENT, ADVERTISING_OPT_OUT }

    /** Reasons, with stable names. */
    enum Why {
        /** The node has this value already. */
        SAME,
        /** A confirmation came where none was awaited. */
        NOT_AWAITED,
        /** Opt-in is off, so a ticket changes no subscription. */
        OPT_IN_OFF,
        /** TR4: the channel is explicitly subscribed. */
        ALREADY_SUBSCRIBED,
        /** Unsubscribed customers are left alone by this way. */
        LEFT_ALONE,
        /** This way cannot carry this instruction (source 001). */
        NOT_ACCEPTED
    }
}
