package io.countersign.domain.eligibility;

/**
 * What a sending profile asks before a message goes (CP1-CP4). Suppression blocks every message, whatever is checked.
 *
 * @param subscription the node is Subscribed, and the contact verified where the brand asks for it
 * @param validity     the contact is the customer's primary one and valid
 * @param frequency    the brand's messages of the last day are not too many
 * @param awaiting     only customers who await the confirmation of the subscription; excludes {@code subscription}
 */
public record Checks(boolean subscription, boolean validity, boolean frequency, boolean awaiting) {
    /** Marketing. */
    public static final Checks STANDARD = new Checks(true, true, true, false);
    /** The request for a confirmation. */
    public static final Checks OPT_IN = new Checks(false, true, true, true);
    /** Neither subscription nor validity matters. */
    public static final Checks TRANSACTIONAL = new Checks(false, false, false, false);

    public Checks {
        if (subscription && awaiting) {
            throw new IllegalArgumentException("nobody is Subscribed and awaits the confirmation");
        }
    }

    /** Whether only transactional campaigns may use it: the subscription is not looked at (CP2). */
    public boolean ignoresSubscription() {
        return !subscription && !awaiting;
    }

    /** CA5: a non-primary contact gets only what asks for nothing. */
    public boolean wantsPrimary() {
        return subscription || validity || awaiting;
    }
}
