package io.countersign.domain.eligibility;

/** Why a message may not go, in order of precedence: the first that holds is the answer, the others are shown too. */
public enum Reason {
    /** Nobody holds this contact. */
    UNKNOWN_CONTACT("Nobody in the project has this contact."),
    /** Suppressed: mail to it bounced for good. */
    HARD_BOUNCE("Mail to this contact bounced for good."),
    /** Suppressed: the person complained. */
    COMPLAINT("The person reported a message as spam."),
    /** Suppressed by an operator. */
    MANUALLY_SUPPRESSED("An operator suppressed this contact."),
    /** The channel is not delivered. */
    CHANNEL_NOT_DELIVERED("Messages on this channel are not delivered."),
    /** The contact is non-primary: only transactional messages may go (CA5). */
    NON_PRIMARY("The contact awaits its proof beside or below another; only transactional messages may go."),
    /** The contact is invalid. */
    INVALID_CONTACT("The contact is not valid."),
    /** The person left the channel or the whole brand. */
    UNSUBSCRIBED("The person has unsubscribed."),
    /** The person left the topic. */
    TOPIC_UNSUBSCRIBED("The person has unsubscribed from the topic."),
    /** The confirmation of the subscription is awaited. */
    REQUIRES_CONFIRMATION("The subscription awaits its confirmation."),
    /** There never was a subscription. */
    NOT_SUBSCRIBED("The person has not subscribed."),
    /** An opt-in message, but no confirmation is awaited. */
    NOT_AWAITING_CONFIRMATION("No confirmation of a subscription is awaited."),
    /** The brand asks for a verified contact. */
    NOT_VERIFIED("The brand asks for a verified contact."),
    /** The brand's messages of the last day are as many as it allows itself. */
    TOO_OFTEN("The brand has sent this contact as many messages in a day as it allows itself.");

    private final String explanation;

    Reason(String explanation) {
        this.explanation = explanation;
    }

    /** One sentence for people. */
    public String explanation() {
        return explanation;
    }
}
