package io.countersign.domain.customer;

import static io.countersign.domain.contact.ContactRoute.MANUAL;
import static io.countersign.domain.contact.ContactRoute.VERIFYING;
import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.by;
import static io.countersign.domain.customer.Scene.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.Effect.ContactChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one customer's contacts say when they change: the events of CA1 to CA3 and CF9 to CF11. */
class ConfirmationTest {
    @ParameterizedTest(name = "{0}: {1} is proven")
    @CsvSource(delimiter = '|', textBlock = """
            P a        | a | C a | FIRST
            ND a       | a | C a | FIRST
            C a        | a | C a | REPEAT
            C a + np b | b | C b | REPLACEMENT
            np b       | b | C b | FIRST
            """)
    void everyConfirmationIsSaidWithItsKind(String before, String value, String after,
                                             ConfirmationKind kind) { // D5
        var scene = new Scene().with(ANN, before, "-");
        Decision decision = scene.decide(by(ANN), scene.proof(value));
        assertThat(scene.email(ANN)).isEqualTo(after);
        assertThat(decision.effects()).contains(new Effect.ContactConfirmed(ANN, ContactType.EMAIL, value,
                kind));
    }

    @Test
    void aValueThatIsNoLongerHeldConfirmsNothing() { // CF11
        var scene = new Scene().with(ANN, "C a", "-");
        assertThat(scene.decide(by(ANN), scene.proof("gone")).effects()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} comes in")
    @CsvSource(delimiter = '|', textBlock = """
            -          | a | FILLED
            np b       | a | FILLED
            ND a       | a | ASKED_FOR_PROOF
            ND a       | b | EDITED
            P a        | b | EDITED
            C a        | b | CHANGE_REQUESTED
            C a + np b | c | CHANGE_REQUESTED
            """)
    void everyChangeIsSaidByItsName(String before, String value, ContactChange change) { // CA3
        var scene = new Scene().with(ANN, before, "-");
        assertThat(scene.decide(by(ANN), email(value, VERIFYING)).effects()).singleElement()
                .isInstanceOfSatisfying(Effect.ContactChanged.class, changed -> {
                    assertThat(changed.change()).isEqualTo(change);
                    assertThat(SlotsText.format(changed.before())).isEqualTo(before);
                    assertThat(changed.after()).isEqualTo(scene.customer(ANN).contacts().email());
                });
    }

    @Test
    void savingTheSameValueSaysNothing() { // T3, saved unchanged
        for (String shape : List.of("ND a", "P a", "C a", "C a + np b")) {
            assertThat(new Scene().with(ANN, shape, "-").decide(by(ANN), email("a", MANUAL)).effects())
                    .isEmpty();
        }
    }

    @Test
    void onlyANewCustomersContactIsPendingWhenEnteredByHand() { // T3 rows 1, 2 and 5
        var scene = new Scene().with(ANN, "C a", "-");
        scene.decide(by(ANN), email("b", ContactRoute.MANUAL_NEW));
        assertThat(scene.email(ANN)).isEqualTo("C a + np b");
        Decision made = scene.decide(new CustomerCommand.Who.Newcomer(), email("c", ContactRoute.MANUAL_NEW));
        assertThat(scene.email(made.customer().orElseThrow())).isEqualTo("P c");
    }

    @Test
    void clearingEmptiesBothSlots() { // T1, %CLEAR%
        var scene = new Scene().with(ANN, "C a + np b", "P 1");
        scene.decide(by(ANN), new Change.ClearContact(ContactType.EMAIL));
        assertThat(scene.email(ANN)).isEqualTo("-");
        assertThat(scene.mobile(ANN)).isEqualTo("P 1");
    }

    @Test
    void aWithdrawnProofIsSaid() { // S3, verified:false
        var scene = new Scene().with(ANN, "C a", "-");
        assertThat(scene.decide(by(ANN), new Change.UnverifyContact(ContactType.EMAIL)).effects())
                .singleElement()
                .isInstanceOfSatisfying(Effect.ContactChanged.class,
                        changed -> assertThat(changed.change()).isEqualTo(ContactChange.UNVERIFIED));
        assertThat(scene.email(ANN)).isEqualTo("P a");
    }

    @Test
    void onlyAnActOfThePersonCountsAsOne() { // CU7, criterion 6
        var scene = new Scene().with(ANN, "P a", "-");
        var acted = scene.customer(ANN).life().lastActionAt();
        scene.decideForThem(by(ANN), email("b", VERIFYING));
        assertThat(scene.customer(ANN).life().lastActionAt()).isEqualTo(acted);
        scene.decide(by(ANN), email("b", VERIFYING));
        assertThat(scene.customer(ANN).life().lastActionAt()).isEqualTo(acted);
        scene.decide(by(ANN), email("c", VERIFYING));
        assertThat(scene.customer(ANN).life().lastActionAt()).isEqualTo(scene.now);
    }
}
