package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every box of the preference page: as it is, as it was shown, and as the person left it. */
class PreferenceRulesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # status             | shown, left | shown, cleared | cleared, left | cleared, ticked
            NO_DATA              |             |                |               | SUBSCRIBE
            UNSUBSCRIBED         |             |                |               | SUBSCRIBE
            REQUIRES_CONFIRMATION| SUBSCRIBE   | UNSUBSCRIBE    |               | SUBSCRIBE
            SUBSCRIBED           |             | UNSUBSCRIBE    |               |
            """)
    void savingAsksOnlyForWhatThePersonChangedOrConfirmed(SubscriptionStatus status, Instruction left,
            Instruction cleared, Instruction stays, Instruction ticked) { // UP3, UP5
        assertThat(PreferenceRules.saved(status, true, true)).isEqualTo(Optional.ofNullable(left));
        assertThat(PreferenceRules.saved(status, true, false)).isEqualTo(Optional.ofNullable(cleared));
        assertThat(PreferenceRules.saved(status, false, false)).isEqualTo(Optional.ofNullable(stays));
        assertThat(PreferenceRules.saved(status, false, true)).isEqualTo(Optional.ofNullable(ticked));
    }

    @ParameterizedTest
    @CsvSource({"NO_DATA,false", "UNSUBSCRIBED,false", "REQUIRES_CONFIRMATION,true", "SUBSCRIBED,true"})
    void whatAwaitsAConfirmationIsTicked(SubscriptionStatus status, boolean ticked) { // UP2
        assertThat(PreferenceRules.isTicked(status)).isEqualTo(ticked);
    }
}
