package io.countersign.domain.customer;

import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.CAT;
import static io.countersign.domain.customer.Scene.SHOP;
import static io.countersign.domain.customer.Scene.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect.MergeReason;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.subscription.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two customers become one: CU4, CU5, CU6, CU7 (6), CU12, CU13 of {@code spec/maestra.md} 2.4. */
class MergeTest {
    @Test
    void theSecondConfirmationOfAContactMerges() { // CU4, CU13; CU7 (6): the latest act decides
        var scene = new Scene().with(ANN, "C v", "P 1").with(BOB, "np v", "-");
        Decision decision = scene.decide(by(BOB), scene.proof("v"));
        assertThat(decision.effects()).filteredOn(Effect.Merged.class::isInstance)
                .extracting(MergeTest::who).containsExactly(List.of(BOB, ANN,
                        MergeReason.SAME_CONTACT_CONFIRMED_BY_BOTH));
        assertThat(scene.around.customers()).hasSize(1);
        assertThat(scene.email(ANN)).isEqualTo("C v").isEqualTo(scene.email(BOB));
        assertThat(scene.mobile(BOB)).isEqualTo("P 1");
    }

    @Test
    void theEarliestProofIsKept() { // S3, CU4
        var scene = new Scene().with(ANN, "C v", "-").with(BOB, "np v", "-");
        scene.decide(by(BOB), scene.proof("v"));
        assertThat(proof(scene.customer(BOB))).isEqualTo(new Proof.Confirmed(SlotsText.SINCE));
        Instant earlier = SlotsText.SINCE.minusSeconds(1);
        scene.with(CAT, "np v", "-");
        scene.decide(by(CAT), new Change.ConfirmContact(ContactType.EMAIL, "v", earlier));
        assertThat(proof(scene.customer(ANN))).isEqualTo(new Proof.Confirmed(earlier));
    }

    @Test
    void everyOldIdFindsTheSurvivor() { // CU12: old ids stay searchable
        var scene = new Scene().with(ANN, "C v", "-").with(BOB, "np v", "-").with(CAT, "np v", "-");
        scene.decide(by(BOB), scene.proof("v"));
        scene.decide(by(CAT), scene.proof("v"));
        UUID survivor = scene.customer(ANN).id();
        assertThat(List.of(ANN, BOB, CAT)).extracting(id -> scene.customer(id).id()).containsOnly(survivor);
        assertThat(scene.around.merged().keySet()).hasSize(2).doesNotContain(survivor);
    }

    @Test
    void severalClaimantsWhoProveItBecomeOne() { // CU3, CU4
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "np v", "-").with(CAT, "P w + np v", "-");
        scene.decide(by(BOB), scene.proof("v"));
        assertThat(scene.email(ANN)).isEqualTo("np v");
        assertThat(scene.email(CAT)).isEqualTo("P w + np v");
        scene.decide(by(ANN), scene.proof("v"));
        scene.decide(by(CAT), scene.proof("v"));
        assertThat(scene.around.customers()).hasSize(1);
        assertThat(List.of(ANN, BOB, CAT)).extracting(scene::email).containsOnly("C v");
    }

    @Test
    void whoHoldEachOthersContactsBecomeOne() { // CU4
        var scene = new Scene().with(ANN, "C v + np w", "-").with(BOB, "C w + np v", "-").assets(BOB);
        Decision decision = scene.decide(by(ANN), scene.proof("w"));
        assertThat(decision.customer()).contains(BOB);
        assertThat(scene.email(ANN)).isEqualTo("C w + np v");
        assertThat(decision.effects()).filteredOn(Effect.Merged.class::isInstance).singleElement()
                .isInstanceOfSatisfying(Effect.Merged.class, merged -> {
                    assertThat(merged.before().survivor().id()).isEqualTo(BOB);
                    assertThat(SlotsText.format(merged.before().loser().contacts().email())).isEqualTo("C v + np w");
                });
    }

    @Test
    void aContactThatLetsTheLoserIntoAnAccountIsNotOverwritten() { // CU14
        var scene = new Scene().with(ANN, "C v", "P 1").with(BOB, "P w", "P 2").access(BOB, ContactType.MOBILE);
        assertThat(scene.decide(by(BOB), new Change.MergeWith(ANN)).customer()).contains(ANN);
        assertThat(scene.email(ANN)).isEqualTo("C v");
        assertThat(scene.mobile(ANN)).isEqualTo("P 2");
        assertThat(scene.customer(ANN).contacts().grants(ContactType.MOBILE)).isTrue();
    }

    @Test
    void contradictionsElsewhereDoNotStopIt() { // CU5: their phones differ
        var scene = new Scene().with(ANN, "C v", "C 1").with(BOB, "C w + np v", "C 2");
        Decision decision = scene.decide(by(BOB), scene.proof("v"));
        UUID survivor = decision.customer().orElseThrow();
        assertThat(scene.email(survivor)).isEqualTo("C v");
        assertThat(scene.mobile(survivor)).isEqualTo(survivor.equals(ANN) ? "C 1" : "C 2");
        assertThat(decision.effects()).contains(
                new Effect.ContactConfirmed(survivor, ContactType.EMAIL, "v", ConfirmationKind.REPLACEMENT));
    }

    @Test
    void profilesWithAccessOfDifferentKindsNeverMerge() { // CU6
        var scene = new Scene().with(ANN, "C v", "-").access(ANN, ContactType.EMAIL)
                .with(BOB, "P w + np v", "C 1").access(BOB, ContactType.MOBILE);
        Decision decision = scene.decide(by(BOB), scene.proof("v"));
        assertThat(decision.effects()).containsExactly(new Effect.MergeBarred(BOB, ANN, ContactType.EMAIL,
                "v"));
        assertThat(scene.email(ANN)).isEqualTo("C v");
        assertThat(scene.email(BOB)).isEqualTo("P w + np v");
        assertThat(scene.decide(by(BOB), new Change.MergeWith(ANN)).refusal()).contains(Refusal.MERGE_BARRED);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -      | -      | true
            EMAIL  | -      | true
            -      | MOBILE | true
            EMAIL  | EMAIL  | true
            MOBILE | MOBILE | true
            EMAIL  | MOBILE | false
            MOBILE | EMAIL  | false
            """)
    void onlyAccessOfOneKindMayMerge(ContactType one, ContactType other, boolean allowed) { // CU6
        var scene = new Scene().with(ANN, "P v", "P 1").with(BOB, "P w", "P 2");
        scene.access(ANN, Optional.ofNullable(one).stream().toArray(ContactType[]::new));
        scene.access(BOB, Optional.ofNullable(other).stream().toArray(ContactType[]::new));
        assertThat(DisputeRules.mayMerge(scene.customer(ANN), scene.customer(BOB))).isEqualTo(allowed);
    }

    /** CU7: the first criterion that differs gives ANN priority; everything after it speaks for BOB. */
    @ParameterizedTest(name = "criterion {0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # criterion | ANN: email | mobile | access | assets | BOB: email | mobile | access | assets
            1           | P v        | -      | EMAIL  | false  | C w        | C 2    | MOBILE | true
            2           | C v        | -      | -      | false  | P w        | C 2    | MOBILE | true
            3           | P v        | P 1    | MOBILE | false  | P w        | C 2    | -      | true
            4           | P v        | -      | -      | true   | P w        | C 2    | -      | false
            5           | P v        | C 1    | -      | false  | P w        | -      | -      | false
            """)
    void theFirstCriterionThatDiffersDecidesWhoHasPriority(int criterion, String email, String mobile,
            ContactType access, boolean assets, String otherEmail, String otherMobile,
            ContactType otherAccess, boolean otherAssets) {
        Customer ann = person(ANN, email, mobile, access, assets, 1);
        Customer bob = person(BOB, otherEmail, otherMobile, otherAccess, otherAssets, 2);
        assertThat(DisputeRules.priority(ann, bob, ContactType.EMAIL)).as("criterion %s", criterion)
                .isSameAs(ann);
        assertThat(DisputeRules.priority(bob, ann, ContactType.EMAIL)).isSameAs(ann);
    }

    @Test
    void thenTheLatestActDecidesAndThenTheOlderCard() { // CU7, criterion 6
        Customer ann = person(ANN, "P v", null, null, false, 5);
        Customer bob = person(BOB, "P w", null, null, false, 4);
        assertThat(DisputeRules.priority(ann, bob, ContactType.EMAIL)).isSameAs(ann);
        assertThat(DisputeRules.priority(bob, ann, ContactType.EMAIL)).isSameAs(ann);
        Customer cat = person(CAT, "P x", null, null, false, 5);
        assertThat(DisputeRules.priority(cat, ann, ContactType.EMAIL)).isSameAs(ann);
    }

    @Test
    void theSurvivorsValuesComeFirstAndItsBlanksAreFilled() { // CU12
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "P 2").assets(ANN);
        scene.decide(by(ANN), new Change.SetExternalId("crm", "1"), names("Ann", "", Map.of("size", "S")));
        scene.decide(by(BOB), new Change.SetExternalId("crm", "2"),
                names("Bob", "Berg", Map.of("size", "L", "hat", 7)));
        Decision decision = scene.decide(by(BOB), new Change.MergeWith(ANN));
        assertThat(decision.customer()).contains(ANN);
        Profile profile = scene.customer(BOB).profile();
        assertThat(profile.firstName()).contains("Ann");
        assertThat(profile.lastName()).contains("Berg");
        assertThat(profile.fields()).containsEntry("size", "S").containsEntry("hat", 7);
        assertThat(profile.externalIds()).containsEntry("crm", List.of("1", "2"));
        assertThat(scene.around.find(new Who.ByExternalId("crm", "2")).orElseThrow().id()).isEqualTo(ANN);
        assertThat(scene.email(ANN)).isEqualTo("P v");
        assertThat(scene.mobile(ANN)).isEqualTo("P 2");
        assertThat(decision.effects()).filteredOn(Effect.Merged.class::isInstance).extracting(MergeTest::who)
                .containsExactly(List.of(ANN, BOB, MergeReason.ORDERED));
    }

    @Test
    void subscriptionsMergeNodeByNodeAndStartNoFlow() { // M-mergesub, FL2
        var scene = new Scene().with(ANN, "P v", "-").subscribed(ANN, "email=U news=S").assets(ANN)
                .with(BOB, "P w", "-").subscribed(BOB, "email=R news=U sms=S");
        Decision decision = scene.decide(by(ANN), new Change.MergeWith(BOB));
        assertThat(Trees.text(scene.tree(ANN))).isEqualTo("email=R news=S sms=S");
        assertThat(decision.effects()).filteredOn(Effect.SubscriptionChanged.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Effect.SubscriptionChanged.class,
                        changed -> assertThat(changed.merge()).isTrue());
    }

    @Test
    void aChallengeGoesOnAtTheSurvivorWhoHoldsItsAddress() {
        var scene = new Scene().with(BOB, "-", "P 2").assets(BOB);
        scene.submit("v", Trees.NEWS);
        UUID newcomer = scene.around.find(Scene.holderOf("v")).orElseThrow().id();
        Challenge challenge = scene.challenge(newcomer);
        assertThat(scene.decide(by(newcomer), new Change.MergeWith(BOB)).customer()).contains(BOB);
        assertThat(scene.email(BOB)).isEqualTo("P v");
        Challenge moved = scene.around.challenge(challenge.id()).orElseThrow();
        assertThat(moved.key()).isEqualTo(Challenge.Key.optIn(BOB, SHOP, "v"));
        assertThat(moved.state()).isEqualTo(Challenge.State.OPEN);
        scene.answer(challenge, Change.Answer.CONFIRM);
        assertThat(scene.email(BOB)).isEqualTo("C v");
        assertThat(Trees.text(scene.tree(newcomer))).isEqualTo("email=S news=S");
        assertThat(scene.customer(newcomer).optIn(SHOP)).contains(OptInStatus.ACCEPTED);
    }

    @Test
    void aChallengeOfAnAddressThatNobodyKeepsIsVoid() {
        var scene = new Scene().with(BOB, "C w", "-").assets(BOB);
        scene.submit("v");
        UUID newcomer = scene.around.find(Scene.holderOf("v")).orElseThrow().id();
        Challenge challenge = scene.challenge(newcomer);
        scene.decide(by(BOB), new Change.MergeWith(newcomer));
        assertThat(scene.email(newcomer)).isEqualTo("C w");
        assertThat(scene.around.challenge(challenge.id()).orElseThrow().state())
                .isEqualTo(Challenge.State.VOID);
        assertThat(scene.answer(challenge, Change.Answer.CONFIRM).answer())
                .contains(new Decision.ChallengeAnswer.Gone());
    }

    @Test
    void confirmingOnThePageMergesAndSubscribesTheSurvivor() { // CU4, loops 3.2 row 4
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-").assets(BOB);
        scene.submit("w", Trees.NEWS);
        Challenge challenge = scene.challenge(BOB);
        scene.decide(by(ANN), Scene.email("w", ContactRoute.VERIFYING));
        scene.decide(by(ANN), scene.proof("w"));
        assertThat(scene.email(BOB)).isEqualTo("np w");
        Decision decision = scene.answer(challenge, Change.Answer.CONFIRM);
        assertThat(decision.customer()).contains(BOB);
        assertThat(scene.email(ANN)).isEqualTo("C w");
        assertThat(Trees.text(scene.tree(ANN))).isEqualTo("email=S news=S");
        assertThat(decision.answer()).contains(new Decision.ChallengeAnswer.Confirmed(true));
    }

    @Test
    void mergingWithOneselfOrWithNobodyIsRefused() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-");
        assertThat(scene.decide(by(ANN), new Change.MergeWith(ANN)).refusal()).contains(Refusal.MERGE_BARRED);
        assertThat(scene.decide(by(ANN), new Change.MergeWith(CAT)).refusal())
                .contains(Refusal.UNKNOWN_CUSTOMER);
        scene.decide(by(ANN), new Change.MergeWith(BOB));
        assertThat(scene.decide(by(ANN), new Change.MergeWith(BOB)).refusal()).contains(Refusal.MERGE_BARRED);
    }

    /** Survivor, loser and reason. */
    static List<Object> who(Effect effect) {
        return effect instanceof Effect.Merged(UUID survivor, UUID loser, MergeReason reason, _)
                ? List.of(survivor, loser, reason) : List.of();
    }

    private static Change names(String first, String last, Map<String, Object> fields) {
        return new Change.SetProfile(new Profile.Patch(Optional.of(first), Optional.of(last), fields,
                Optional.empty(), Optional.empty()), false);
    }

    private static Proof proof(Customer customer) {
        return customer.contacts().email().asPrimary().map(Slots.Primary::proof).orElseThrow();
    }

    private static Customer person(UUID id, String email, String mobile, ContactType access, boolean assets,
            int acted) {
        var scene = new Scene().with(id, email, mobile == null ? "-" : mobile);
        scene.access(id, Optional.ofNullable(access).stream().toArray(ContactType[]::new));
        Instant created = SlotsText.SINCE.plusSeconds(id.getLeastSignificantBits());
        return scene.customer(id).with(new Customer.Life(created, SlotsText.SINCE.plusSeconds(3600L * acted),
                assets));
    }
}
