package io.countersign.domain.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import java.util.Optional;
import java.util.Set;

/**
 * All that eligibility depends on.
 *
 * @param holding      how the contact is held
 * @param suppressions live suppressions of the contact
 * @param delivered    whether the channel is delivered at all
 * @param channel      effective status of the channel node
 * @param topic        effective status of the topic node, for a message with a topic
 * @param verifiedElsewhere whether the brand or a client has verified a contact that is not confirmed itself: any level
 *                     is enough (datamailer 2.3)
 * @param often        whether the brand's marketing of the last day has reached the limit that the brand sets itself
 */
public record Facts(Holding holding, Set<SuppressionReason> suppressions, boolean delivered,
                    SubscriptionStatus channel, Optional<SubscriptionStatus> topic, boolean verifiedElsewhere,
                    boolean often) {
    /** Not written to too often. */
    public Facts(Holding holding, Set<SuppressionReason> suppressions, boolean delivered,
                 SubscriptionStatus channel, Optional<SubscriptionStatus> topic, boolean verifiedElsewhere) {
        this(holding, suppressions, delivered, channel, topic, verifiedElsewhere, false);
    }

    /** Verified by nobody but the customer's own proof. */
    public Facts(Holding holding, Set<SuppressionReason> suppressions, boolean delivered,
                 SubscriptionStatus channel, Optional<SubscriptionStatus> topic) {
        this(holding, suppressions, delivered, channel, topic, false);
    }

    public Facts {
        suppressions = Set.copyOf(suppressions);
    }

    /** How somebody holds the contact. */
    public sealed interface Holding {}

    /** Nobody does. */
    public record Nobody() implements Holding {}

    /** Somebody's non-primary contact. */
    public record AsNonPrimary(boolean valid) implements Holding {}

    /** Somebody's primary contact. */
    public record AsPrimary(Verification verification, boolean valid) implements Holding {}
}
