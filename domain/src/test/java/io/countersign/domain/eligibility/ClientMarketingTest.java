package io.countersign.domain.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.VerifiedAt;
import io.countersign.domain.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code can_send_marketing}: source 003's note and {@code spec/datamailer.md} 3, over every combination. */
class ClientMarketingTest {
    private static final Optional<Instant> THEN = Optional.of(Instant.parse("2026-01-01T00:00:00Z"));
    private static final List<Optional<Instant>> EITHER = List.of(THEN, Optional.empty());

    @Test
    void marketingNeedsASubscriptionAVerificationAndNothingAgainstIt() {
        for (var contact : EITHER) {
            for (var brand : EITHER) {
                for (var client : EITHER) {
                    check(new VerifiedAt(contact, brand, client),
                            contact.isPresent() || brand.isPresent() || client.isPresent());
                }
            }
        }
    }

    private static void check(VerifiedAt verified, boolean isVerified) {
        for (boolean subscribed : new boolean[] {true, false}) {
            for (boolean valid : new boolean[] {true, false}) {
                for (var channel : SubscriptionStatus.values()) {
                    for (var suppressions : AllFacts.suppressions()) {
                        var facts = new ClientMarketing(subscribed, channel, verified, suppressions, valid);
                        boolean may = subscribed && isVerified && valid && suppressions.isEmpty()
                                && channel != SubscriptionStatus.UNSUBSCRIBED; // decision 6
                        assertThat(facts.canSendMarketing()).as("%s", facts).isEqualTo(may);
                        assertThat(facts.canSendTransactional()).as("%s", facts)
                                .isEqualTo(suppressions.isEmpty());
                    }
                }
            }
        }
    }
}
