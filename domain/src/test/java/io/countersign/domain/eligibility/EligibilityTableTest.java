package io.countersign.domain.eligibility;

import static io.countersign.domain.eligibility.MessageKind.OPT_IN;
import static io.countersign.domain.eligibility.MessageKind.STANDARD;
import static io.countersign.domain.eligibility.MessageKind.TRANSACTIONAL;
import static io.countersign.domain.subscription.SubscriptionStatus.NO_DATA;
import static io.countersign.domain.subscription.SubscriptionStatus.REQUIRES_CONFIRMATION;
import static io.countersign.domain.subscription.SubscriptionStatus.SUBSCRIBED;
import static io.countersign.domain.subscription.SubscriptionStatus.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts.AsNonPrimary;
import io.countersign.domain.eligibility.Facts.AsPrimary;
import io.countersign.domain.eligibility.Facts.Nobody;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eligibility over the whole cross product of facts, each reason by the sentence that it comes from. */
class EligibilityTableTest {
    @Test
    void everyReasonHoldsExactlyWhenItsSentenceDoes() {
        long[] combinations = {0};
        AllFacts.stream().forEach(facts -> {
            for (MessageKind kind : MessageKind.values()) {
                for (boolean requireVerified : new boolean[] {true, false}) {
                    combinations[0]++;
                    assertThat(EligibilityRules.reasonsAgainst(facts, kind, requireVerified))
                            .as("%s %s verified required: %s", kind, facts, requireVerified)
                            .isEqualTo(expected(facts, kind, requireVerified));
                }
            }
        });
        assertThat(combinations[0]).isEqualTo(9 * 8 * 2 * 4 * 5 * 2 * 2 * 3 * 2);
    }

    private static List<Reason> expected(Facts facts, MessageKind kind, boolean requireVerified) {
        return Arrays.stream(Reason.values()).filter(reason -> holds(reason, facts, kind, requireVerified))
                .toList();
    }

    private static boolean holds(Reason reason, Facts facts, MessageKind kind, boolean requireVerified) {
        SubscriptionStatus node = facts.topic().orElse(facts.channel());
        return switch (reason) {
            case UNKNOWN_CONTACT -> facts.holding() instanceof Nobody;
            // design 1, Sending: suppression blocks every message
            case HARD_BOUNCE -> facts.suppressions().contains(SuppressionReason.HARD_BOUNCE);
            case COMPLAINT -> facts.suppressions().contains(SuppressionReason.COMPLAINT);
            case MANUALLY_SUPPRESSED -> facts.suppressions().contains(SuppressionReason.MANUAL);
            case CHANNEL_NOT_DELIVERED -> !facts.delivered();
            // S0, CA5: to a non-primary contact only transactional campaigns
            case NON_PRIMARY -> facts.holding() instanceof AsNonPrimary && kind != TRANSACTIONAL;
            // S0: the only thing that matters is whether the contact is valid; CP2, CP3, CP4, CP11
            case INVALID_CONTACT -> kind != TRANSACTIONAL && switch (facts.holding()) {
                case Nobody _ -> false;
                case AsNonPrimary(boolean valid) -> !valid;
                case AsPrimary(_, boolean valid) -> !valid;
            };
            // D4: the channel must not be Unsubscribed; who has left it is not asked about a topic either
            case UNSUBSCRIBED -> (kind == STANDARD || kind == OPT_IN && facts.topic().isPresent())
                    && facts.channel() == UNSUBSCRIBED;
            // CP2, D4: the topic's node must be Subscribed
            case TOPIC_UNSUBSCRIBED -> kind == STANDARD && facts.topic().equals(Optional.of(UNSUBSCRIBED));
            case REQUIRES_CONFIRMATION -> kind == STANDARD && node == REQUIRES_CONFIRMATION;
            case NOT_SUBSCRIBED -> kind == STANDARD && node == NO_DATA;
            // CP3
            case NOT_AWAITING_CONFIRMATION -> kind == OPT_IN && node != REQUIRES_CONFIRMATION;
            // design 4: require_verified_contact, marketing also needs a verified contact
            case NOT_VERIFIED -> kind == STANDARD && requireVerified && switch (facts.holding()) {
                case Nobody _ -> false;
                case AsNonPrimary _ -> true;
                // datamailer 2.3: any of the three levels is enough
                case AsPrimary(Verification verification, _) -> verification != Verification.CONFIRMED
                        && !facts.verifiedElsewhere();
            };
            // CP2, CP3: the daily frequency is not exceeded
            case TOO_OFTEN -> kind != TRANSACTIONAL && facts.often();
        };
    }

    @ParameterizedTest(name = "{0}: channel {1}, topic {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # kind        | channel               | topic                 | first reason against it
            STANDARD      | SUBSCRIBED            | -                     | -
            STANDARD      | SUBSCRIBED            | SUBSCRIBED            | -
            STANDARD      | REQUIRES_CONFIRMATION | SUBSCRIBED            | -
            STANDARD      | NO_DATA               | SUBSCRIBED            | -
            STANDARD      | UNSUBSCRIBED          | SUBSCRIBED            | UNSUBSCRIBED
            STANDARD      | UNSUBSCRIBED          | UNSUBSCRIBED          | UNSUBSCRIBED
            STANDARD      | SUBSCRIBED            | UNSUBSCRIBED          | TOPIC_UNSUBSCRIBED
            STANDARD      | SUBSCRIBED            | REQUIRES_CONFIRMATION | REQUIRES_CONFIRMATION
            STANDARD      | REQUIRES_CONFIRMATION | -                     | REQUIRES_CONFIRMATION
            STANDARD      | NO_DATA               | -                     | NOT_SUBSCRIBED
            OPT_IN        | REQUIRES_CONFIRMATION | -                     | -
            OPT_IN        | SUBSCRIBED            | REQUIRES_CONFIRMATION | -
            OPT_IN        | SUBSCRIBED            | -                     | NOT_AWAITING_CONFIRMATION
            OPT_IN        | UNSUBSCRIBED          | -                     | NOT_AWAITING_CONFIRMATION
            TRANSACTIONAL | UNSUBSCRIBED          | -                     | -
            TRANSACTIONAL | NO_DATA               | UNSUBSCRIBED          | -
            """)
    void whatTheSubscriptionSays(MessageKind kind, SubscriptionStatus channel, SubscriptionStatus topic,
                                 Reason reason) { // D4, CP2, CP3, CP4
        for (Verification verification : Verification.values()) { // CA4: confirmed or not does not matter
            var facts = new Facts(new AsPrimary(verification, true), Set.of(), true, channel,
                    Optional.ofNullable(topic));
            assertThat(EligibilityRules.reasonsAgainst(facts, kind, false).stream().findFirst())
                    .isEqualTo(Optional.ofNullable(reason));
        }
    }

    @Test
    void onlyTransactionalMessagesReachANonPrimaryContact() { // CA5
        for (SubscriptionStatus status : SubscriptionStatus.values()) {
            var facts = new Facts(new AsNonPrimary(true), Set.of(), true, status, Optional.empty());
            assertThat(EligibilityRules.reasonsAgainst(facts, STANDARD, false)).contains(Reason.NON_PRIMARY);
            assertThat(EligibilityRules.reasonsAgainst(facts, OPT_IN, false)).contains(Reason.NON_PRIMARY);
            assertThat(EligibilityRules.reasonsAgainst(facts, TRANSACTIONAL, true)).isEmpty();
        }
    }

    @Test
    void reasonsComeInOrderOfPrecedence() {
        AllFacts.stream().forEach(facts -> {
            var reasons = new ArrayList<>(EligibilityRules.reasonsAgainst(facts, STANDARD, true));
            assertThat(reasons).isSorted();
        });
        assertThat(Reason.values()).extracting(Reason::explanation).doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text).endsWith("."));
    }

    @Test
    void aVerifiedContactIsEnoughForTheVerificationRule() { // design 4, the Datamailer rule
        var confirmed = new Facts(new AsPrimary(Verification.CONFIRMED, true), Set.of(), true, SUBSCRIBED,
                Optional.empty());
        assertThat(EligibilityRules.reasonsAgainst(confirmed, STANDARD, true)).isEmpty();
        var byAClient = new Facts(new AsPrimary(Verification.PENDING, true), Set.of(), true, SUBSCRIBED,
                Optional.empty(), true);
        assertThat(EligibilityRules.reasonsAgainst(byAClient, STANDARD, true)).isEmpty();
    }
}
