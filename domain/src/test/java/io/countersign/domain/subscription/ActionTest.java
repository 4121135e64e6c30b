package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionOutcome.Moved;
import io.countersign.domain.subscription.SubscriptionRules.Switches;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which action template a change issues (source 001, flow 2; FL11; UP3). */
class ActionTest {
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            CONFIRMATION_LINK | SUBSCRIBE   | email | CHANNEL_SUBSCRIPTION
            CONFIRMATION_LINK | SUBSCRIBE   | news  | TOPIC_SUBSCRIPTION
            TICKET            | SUBSCRIBE   | email | CHANNEL_SUBSCRIPTION
            TICKET            | SUBSCRIBE   | news  | TOPIC_SUBSCRIPTION
            SMS_CODE          | SUBSCRIBE   | sms   | CHANNEL_SUBSCRIPTION
            PREFERENCE_PAGE   | SUBSCRIBE   | news  | ADVERTISING_CONSENT
            PREFERENCE_PAGE   | UNSUBSCRIBE | news  | ADVERTISING_OPT_OUT
            EDIT              | SUBSCRIBE   | email | NONE
            FLOW              | UNSUBSCRIBE | email | NONE
            """)
    void anActionIsIssuedWhenSomethingChanged(Way way, Instruction instruction, String node, Action action) {
        var before = Trees.tree("email=R sms=R");
        assertThat(SubscriptionRules.decide(before, Trees.node(node), way, instruction,
                new Switches(Set.of(Channel.EMAIL), false))).isInstanceOfSatisfying(Moved.class,
                        moved -> assertThat(moved.action()).isEqualTo(action));
    }
}
