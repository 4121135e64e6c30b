package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Table 3.1, row Merge: Subscribed over Requires confirmation over Unsubscribed over nothing, node by node.
 */
class SubscriptionMergeTest {
    private static final String STRENGTH = "NURS";

    @Test
    void theStrongerStatusStays() {
        for (char one : STRENGTH.toCharArray()) {
            for (char other : STRENGTH.toCharArray()) {
                char expected = STRENGTH.charAt(Math.max(STRENGTH.indexOf(one), STRENGTH.indexOf(other)));
                assertThat(SubscriptionMerge.stronger(Trees.status("" + one), Trees.status("" + other)))
                        .isEqualTo(Trees.status("" + expected));
                assertThat(merged(text(one), text(other))).isEqualTo(text(expected));
            }
        }
    }

    @ParameterizedTest(name = "[{0}] and [{1}]")
    @CsvSource(delimiter = '|', textBlock = """
            email=S news=U | email=U news=R vip=U | email=S news=R vip=U
            email=U        | sms=R                | email=U sms=R
            brand=U email=S| brand=S email=U      | brand=S email=S
            """)
    void eachNodeIsMergedForItself(String one, String other, String after) {
        assertThat(merged(one, other)).isEqualTo(after);
        assertThat(merged(other, one)).isEqualTo(after);
    }

    @Test
    void whatAwaitsConfirmationUnderTheBrandGoesOnWaiting() { // TR10
        SubscriptionTree waiting = Trees.tree("brand=S").awaiting(Set.of(Channel.EMAIL));
        assertThat(SubscriptionMerge.merge(waiting, Trees.tree("brand=U sms=S")).awaiting())
                .containsExactly(Channel.EMAIL);
        assertThat(SubscriptionMerge.merge(waiting, waiting).awaiting()).containsExactly(Channel.EMAIL);
        assertThat(SubscriptionMerge.merge(waiting, Trees.tree("brand=S")).awaiting()).isEmpty();
        assertThat(SubscriptionMerge.merge(Trees.tree("brand=U"), Trees.tree("sms=S")).awaiting()).isEmpty();
    }

    private static String merged(String one, String other) {
        return Trees.text(SubscriptionMerge.merge(Trees.tree(one), Trees.tree(other)));
    }

    private static String text(char status) {
        return status == 'N' ? "" : "email=" + status;
    }
}
