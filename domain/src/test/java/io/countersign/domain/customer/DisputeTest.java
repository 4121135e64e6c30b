package io.countersign.domain.customer;

import static io.countersign.domain.contact.ContactRoute.NOT_VERIFYING;
import static io.countersign.domain.contact.ContactRoute.VERIFYING;
import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.CAT;
import static io.countersign.domain.customer.Scene.by;
import static io.countersign.domain.customer.Scene.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect.ContactChange;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several people, one contact: CU1, CU2, CU3, CU7, CU8, CU10, CU11 of {@code spec/maestra.md} 2.4. */
class DisputeTest {
    @ParameterizedTest
    @EnumSource(value = ContactRoute.class, names = {"VERIFYING", "NOT_VERIFYING", "MANUAL",
            "CREATE_AND_SUBSCRIBE"})
    void aConfirmedContactIsNeverDisplacedByAClaim(ContactRoute route) { // CU10
        var scene = new Scene().with(ANN, "C v", "-").with(BOB, "P w", "C 1").access(BOB, ContactType.MOBILE)
                .assets(BOB);
        scene.decide(by(BOB), email("v", route));
        assertThat(scene.email(ANN)).isEqualTo("C v");
        assertThat(scene.email(BOB)).isEqualTo("P w + np v");
    }

    @Test
    void aNewcomerOnlyClaimsWhatSomebodyHolds() { // T1 row 1, CU1: np need not be unique
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "-", "-");
        Decision decision = scene.decide(by(BOB), email("v", VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("P v");
        assertThat(scene.email(BOB)).isEqualTo("np v");
        assertThat(decision.effects()).singleElement().isInstanceOfSatisfying(Effect.ContactChanged.class,
                changed -> assertThat(changed.change()).isEqualTo(ContactChange.CLAIMED));
    }

    @Test
    void aPendingChangeMayBeSomebodyElsesPrimary() { // S0: non-primary can duplicate someone else's primary
        var scene = new Scene().with(ANN, "C v", "-").with(BOB, "C w", "-");
        scene.decide(by(BOB), email("v", VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("C v");
        assertThat(scene.email(BOB)).isEqualTo("C w + np v");
    }

    @Test
    void theOneWhoProvesAContactTakesItAndTheOthersMayStillProveIt() { // CU2, CU3
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w + np v", "-").with(CAT, "np v", "-");
        Decision decision = scene.decide(by(BOB), scene.proof("v"));
        assertThat(scene.email(BOB)).isEqualTo("C v");
        assertThat(scene.email(ANN)).isEqualTo("np v");
        assertThat(scene.email(CAT)).isEqualTo("np v");
        assertThat(decision.effects()).filteredOn(Effect.ContactChanged.class::isInstance).hasSize(2);
    }

    @Test
    void nobodyMovesUpWhenTheHolderLeaves() { // CU11
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "np v", "-");
        scene.decide(by(ANN), new Change.ClearContact(ContactType.EMAIL));
        assertThat(scene.email(ANN)).isEqualTo("-");
        assertThat(scene.email(BOB)).isEqualTo("np v");
        scene.decide(by(BOB), email("v", VERIFYING));
        assertThat(scene.email(BOB)).isEqualTo("P v");
    }

    /** CU7: each criterion alone gives the claimant (BOB) the contact; ANN holds v, unproven. */
    @ParameterizedTest(name = "criterion {0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # criterion | claimant: mobile | access | assets | holder: access | assets
            3           | P 1              | MOBILE | false  | -              | true
            4           | P 1              | -      | true   | -              | false
            5           | C 1              | -      | false  | -              | false
            """)
    void theClaimantWinsTheFirstCriterionThatDiffers(int criterion, String mobile, ContactType access,
            boolean assets, ContactType holdersAccess, boolean holdersAssets) {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", mobile);
        grant(scene, BOB, access, assets);
        grant(scene, ANN, holdersAccess, holdersAssets);
        scene.decide(by(BOB), email("v", VERIFYING));
        assertThat(scene.email(BOB)).as("criterion %s", criterion).isEqualTo("P v");
        assertThat(scene.email(ANN)).isEqualTo("np v");
    }

    /** CU7: each criterion alone keeps the contact with its holder, whatever the later ones say. */
    @ParameterizedTest(name = "criterion {0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # criterion | holder: email | mobile | access | assets | claimant: access
            1           | P v           | -      | EMAIL  | false  | MOBILE
            1           | P v           | -      | EMAIL  | false  | EMAIL
            2           | C v           | -      | -      | false  | MOBILE
            3           | P v           | P 2    | MOBILE | false  | -
            4           | P v           | -      | -      | true   | -
            """)
    void theHolderWinsTheFirstCriterionThatDiffers(int criterion, String email, String mobile,
            ContactType access, boolean assets, ContactType claimantsAccess) {
        var scene = new Scene().with(ANN, email, mobile == null ? "-" : mobile).with(BOB, "P w", "C 1");
        grant(scene, ANN, access, assets);
        grant(scene, BOB, claimantsAccess, criterion < 4);
        scene.decide(by(BOB), email("v", VERIFYING));
        assertThat(scene.email(ANN)).as("criterion %s", criterion).isEqualTo(email);
        assertThat(scene.email(BOB)).isEqualTo("P w + np v");
    }

    /**
     * CU7, criterion 2: this contact confirmed; that the claimant has proven another address is criterion 5.
     */
    @Test
    void anotherProvenAddressIsNotThisContactConfirmed() {
        var scene = new Scene().with(ANN, "P v", "-").assets(ANN).with(BOB, "C w", "-");
        scene.decide(by(BOB), email("v", NOT_VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("P v");
        assertThat(scene.email(BOB)).isEqualTo("C w + np v");
    }

    @Test
    void onATieTheHolderKeepsTheContact() { // T1 row 1: else non-primary
        var scene = new Scene().with(ANN, "ND v", "-").with(BOB, "P w", "-");
        scene.decide(by(BOB), email("v", VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("ND v");
        assertThat(scene.email(BOB)).isEqualTo("P w + np v");
    }

    @Test
    void whereNothingIsVerifiedTheLoserLosesTheValue() { // CU8, confirmation off
        var scene = new Scene().with(ANN, "ND v", "-").with(BOB, "ND w", "-").assets(BOB);
        scene.verified = Set.of();
        Decision decision = scene.decide(by(BOB), email("v", NOT_VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("-");
        assertThat(scene.email(BOB)).isEqualTo("ND v");
        assertThat(decision.effects()).extracting(Effect::customer).containsExactly(ANN, BOB);
        assertThat(decision.effects()).first().isInstanceOfSatisfying(Effect.ContactChanged.class,
                changed -> assertThat(changed.change()).isEqualTo(ContactChange.TRANSFERRED));
    }

    @ParameterizedTest
    @EnumSource(value = ContactRoute.class, names = {"MANUAL", "MANUAL_NEW"})
    void whereNothingIsVerifiedAnOperatorIsToldOfAClaimThatLoses(ContactRoute route) { // CU8, confirmation off
        var scene = new Scene().with(ANN, "ND v", "-").with(BOB, "ND w", "-");
        scene.verified = EnumSet.of(ContactType.MOBILE);
        assertThat(scene.decide(by(BOB), email("v", route)).refusal()).contains(Refusal.CONTACT_TAKEN);
        assertThat(scene.email(BOB)).isEqualTo("ND w");
    }

    /** The value is not kept; the command goes on, and the histories of both name each other. */
    @ParameterizedTest
    @EnumSource(value = ContactRoute.class, names = {"NOT_VERIFYING", "CREATE_AND_SUBSCRIBE"})
    void whereNothingIsVerifiedAClaimThatLosesIsDropped(ContactRoute route) { // CU8, M-where
        var scene = new Scene().with(ANN, "ND v", "-").with(BOB, "ND w", "-");
        scene.verified = Set.of();
        Decision decision = scene.decide(by(BOB), email("v", route),
                new Change.FillContact(ContactType.MOBILE, "1", route));
        assertThat(scene.email(BOB)).isEqualTo("ND w");
        assertThat(scene.email(ANN)).isEqualTo("ND v");
        assertThat(scene.mobile(BOB)).isEqualTo("ND 1");
        assertThat(decision.effects()).extracting(DisputeTest::passing).startsWith(
                List.of(BOB, ContactChange.TRANSFERRED, ANN), List.of(ANN, ContactChange.RECEIVED, BOB));
    }

    @Test
    void whereNothingIsVerifiedANewcomerWithNothingElseIsRefused() { // CU8, DM1
        var scene = new Scene().with(ANN, "ND v", "-");
        scene.verified = Set.of();
        assertThat(scene.decide(new CustomerCommand.Who.Newcomer(), email("v", NOT_VERIFYING)).refusal())
                .contains(Refusal.NO_IDENTIFIER);
    }

    @Test
    void bothHistoriesNameTheOther() { // CU8, M-where
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "C 1");
        assertThat(scene.decide(by(BOB), email("v", VERIFYING)).effects()).extracting(DisputeTest::passing)
                .containsExactly(List.of(ANN, ContactChange.DEMOTED, BOB), List.of(BOB, ContactChange.EDITED, ANN));
        scene.with(CAT, "-", "P 3");
        assertThat(scene.decide(by(CAT), email("v", VERIFYING)).effects()).extracting(DisputeTest::passing)
                .containsExactly(List.of(CAT, ContactChange.CLAIMED, BOB));
        assertThat(scene.decide(by(ANN), scene.proof("v")).effects()).extracting(DisputeTest::passing)
                .startsWith(List.of(BOB, ContactChange.DEMOTED, ANN));
    }

    @Test
    void aContactThatGrantsAccessIsNeverTakenByAClaim() { // CU14
        var scene = new Scene().with(ANN, "ND v", "-").access(ANN, ContactType.EMAIL)
                .with(BOB, "P w", "C 1").access(BOB, ContactType.MOBILE).assets(BOB);
        scene.decide(by(BOB), email("v", NOT_VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("ND v");
        assertThat(scene.customer(ANN).contacts().grants(ContactType.EMAIL)).isTrue();
        assertThat(scene.email(BOB)).isEqualTo("P w + np v");
    }

    private static List<Object> passing(Effect effect) {
        return effect instanceof Effect.ContactChanged changed
                ? List.of(changed.customer(), changed.change(), changed.other().map(Object.class::cast).orElse(""))
                : List.of();
    }

    @Test
    void aLoserKeepsItsOtherClaimWhenTheValueIsNotKept() { // CU8
        var scene = new Scene().with(ANN, "ND v + np x", "-").with(BOB, "ND w", "-").assets(BOB);
        scene.verified = Set.of();
        scene.decide(by(BOB), email("v", NOT_VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo("np x");
    }

    private static void grant(Scene scene, UUID id, ContactType access, boolean assets) {
        if (access != null) {
            scene.access(id, access);
        }
        if (assets) {
            scene.assets(id);
        }
    }
}
