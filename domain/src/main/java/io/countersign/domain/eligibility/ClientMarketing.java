package io.countersign.domain.eligibility;

import io.countersign.domain.contact.VerifiedAt;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import java.util.Set;

/**
 * The client API's {@code can_send_marketing} and {@code can_send_transactional} ({@code spec/datamailer.md} 3, with
 * the audience-wide opt-out counted, decision 6).
 *
 * @param clientSubscribed the client row says subscribed
 * @param channel          effective status of the brand's email channel
 */
public record ClientMarketing(boolean clientSubscribed, SubscriptionStatus channel, VerifiedAt verified,
                              Set<SuppressionReason> suppressions, boolean valid) {
    public boolean canSendMarketing() {
        return clientSubscribed && channel != SubscriptionStatus.UNSUBSCRIBED && verified.isVerified()
                && suppressions.isEmpty() && valid;
    }

    public boolean canSendTransactional() {
        return suppressions.isEmpty();
    }
}
