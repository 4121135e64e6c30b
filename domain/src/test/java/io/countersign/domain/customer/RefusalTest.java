package io.countersign.domain.customer;

import static io.countersign.domain.contact.ContactRoute.MANUAL_NEW;
import static io.countersign.domain.contact.ContactRoute.NOT_VERIFYING;
import static io.countersign.domain.contact.ContactRoute.VERIFYING;
import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.SHOP;
import static io.countersign.domain.customer.Scene.by;
import static io.countersign.domain.customer.Scene.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerCommand.Fresh;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A command is carried out as a whole or not at all; what it says when it is not. */
class RefusalTest {
    private static final Change REFUSED = new Change.SetSubscription(SHOP, Node.BRAND, Way.REGISTER,
            Instruction.UNSUBSCRIBE);

    @Test
    void aRefusedCommandLeavesNoTrace() {
        var scene = new Scene().with(ANN, "P v", "P 1").with(BOB, "C w + np v", "C 2")
                .subscribed(BOB, "email=S").assets(BOB);
        scene.submit("v", Trees.NEWS);
        scene.decide(by(ANN), new Change.SetExternalId("crm", "1"));
        assertNoTrace(scene, new Who.Newcomer(), email("x", MANUAL_NEW),
                new Change.SetExternalId("crm", "2"));
        assertNoTrace(scene, by(BOB), scene.proof("v")); // takes it from ANN, and her challenge waits on
        assertNoTrace(scene, by(BOB), email("v", NOT_VERIFYING)); // displaces her by criterion 4
        assertNoTrace(scene, by(BOB), new Change.MergeWith(ANN), email("y", VERIFYING));
        assertNoTrace(scene, by(ANN), new Change.ClearContact(ContactType.EMAIL)); // voids her challenge
        assertNoTrace(scene, by(ANN), new Change.UnverifyContact(ContactType.MOBILE),
                new Change.MergeWith(BOB));
        assertNoTrace(scene, new Who.ByChallenge(scene.challenge(ANN).id()),
                new Change.AnswerChallenge(scene.challenge(ANN).id(), Change.Answer.CONFIRM));
        assertNoTrace(scene, Scene.holderOf("z"), email("z", VERIFYING), submit("z"));
    }

    private static Change submit(String email) {
        return new Change.SubmitForm(SHOP, email, new TreeSet<>(Set.of(Trees.NEWS)), "form", true,
                Scene.MINUTE);
    }

    private static void assertNoTrace(Scene scene, Who who, Change... changes) {
        var values = List.of("v", "w", "x", "y", "z", "1", "2");
        var ids = List.of(List.of("crm", "1"), List.of("crm", "2"));
        var all = new ArrayList<>(Arrays.asList(changes));
        all.add(REFUSED);
        Snapshot before = Snapshot.of(scene.around, values, ids);
        var challenges = Snapshot.challengesOf(scene.around);
        Decision decision = scene.decide(who, all.toArray(Change[]::new));
        assertThat(decision).isEqualTo(new Decision(Optional.empty(), List.of(),
                Optional.of(Refusal.INSTRUCTION_NOT_ACCEPTED), Optional.empty()));
        assertThat(Snapshot.of(scene.around, values, ids)).isEqualTo(before);
        assertThat(Snapshot.challengesOf(scene.around)).isEqualTo(challenges);
    }

    @Test
    void anExternalIdBelongsToOneCustomer() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-");
        scene.decide(by(ANN), new Change.SetExternalId("crm", "1"));
        assertThat(scene.decide(by(BOB), new Change.SetExternalId("crm", "1")).refusal())
                .contains(Refusal.EXTERNAL_ID_TAKEN);
        assertThat(scene.decide(by(ANN), new Change.SetExternalId("crm", "1")).effects()).isEmpty();
        scene.decide(by(ANN), new Change.SetExternalId("crm", "2"));
        assertThat(scene.decide(by(BOB), new Change.SetExternalId("crm", "1")).isRefused()).isFalse();
        assertThat(scene.around.find(new Who.ByExternalId("crm", "1")).orElseThrow().id()).isEqualTo(BOB);
    }

    @Test
    void aNewCustomerNeedsAnIdentifier() { // DM1
        var scene = new Scene();
        assertThat(scene.decide(new Who.Newcomer()).refusal()).contains(Refusal.NO_IDENTIFIER);
        assertThat(scene.around.customers()).isEmpty();
        assertThat(scene.decide(new Who.Newcomer(), new Change.SetExternalId("crm", "1")).isRefused())
                .isFalse();
    }

    @Test
    void anUnknownCustomerIsMadeOrRefusedAsTheCommandSays() {
        var scene = new Scene();
        var command = new CustomerCommand(Scene.holderOf("v"), IfUnknown.REFUSE, List.of(),
                new Origin("test", Optional.empty(), "x", false), new Fresh(ANN, ANN, ANN));
        assertThat(CustomerRules.decide(scene.around, command, scene.policy(), scene.now).refusal())
                .contains(Refusal.UNKNOWN_CUSTOMER);
        Decision made = scene.decide(Scene.holderOf("v"), email("v", VERIFYING));
        assertThat(made.effects()).first().isInstanceOf(Effect.Created.class);
    }

    @Test
    void nonPrimaryHoldersAreNotFoundByTheirClaim() { // CA6; design 1: forms find primary holders only
        var scene = new Scene().with(ANN, "np v", "-");
        assertThat(scene.around.find(Scene.holderOf("v"))).isEmpty();
    }

    @Test
    void anUnknownChallengeIsSaid() {
        var scene = new Scene().with(ANN, "P v", "-");
        var answer = new Change.AnswerChallenge(BOB, Change.Answer.CONFIRM);
        assertThat(scene.decide(new Who.ByChallenge(BOB), answer).refusal())
                .contains(Refusal.UNKNOWN_CHALLENGE);
        assertThat(scene.decide(by(ANN), answer).refusal()).contains(Refusal.UNKNOWN_CHALLENGE);
        assertThat(scene.decide(by(ANN), new Change.AskAgain(BOB)).refusal())
                .contains(Refusal.UNKNOWN_CHALLENGE);
    }

    @Test
    void somebodyElsesChallengeIsUnknown() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w + np v", "-");
        scene.submit("v");
        var answer = new Change.AnswerChallenge(scene.challenge(ANN).id(), Change.Answer.CONFIRM);
        assertThat(scene.decide(by(BOB), answer).refusal()).contains(Refusal.UNKNOWN_CHALLENGE);
        assertThat(scene.email(BOB)).isEqualTo("P w + np v");
    }

    @Test
    void erasureTakesEverythingOfOneCustomerOnly() {
        var scene = new Scene().with(ANN, "P v", "P 1").with(BOB, "P w", "-").subscribed(ANN, "email=S");
        scene.submit("w");
        Decision decision = scene.decide(by(BOB), new Change.Erase());
        assertThat(decision.customer()).isEmpty();
        assertThat(decision.effects()).containsExactly(new Effect.Erased(BOB));
        assertThat(scene.around.customer(BOB)).isEmpty();
        assertThat(scene.around.find(Scene.holderOf("w"))).isEmpty();
        assertThat(scene.email(ANN)).isEqualTo("P v");
    }

    @Test
    void theLinkOfAnErasedCustomerSaysSo() { // loops 3.2 row 9: deleted, the link answers 410
        var scene = new Scene().with(ANN, "P v", "-");
        scene.submit("v");
        var challenge = scene.challenge(ANN);
        scene.decide(by(ANN), new Change.Erase());
        assertThat(scene.answer(challenge, Change.Answer.CONFIRM).answer())
                .contains(new ChallengeAnswer.Gone());
        assertThat(scene.askAgain(challenge).answer()).contains(new ChallengeAnswer.Gone());
    }

    @Test
    void nothingElseIsDoneForSomebodyWhoIsGone() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-");
        scene.submit("v");
        var who = new Who.ByChallenge(scene.challenge(ANN).id());
        assertThat(scene.decide(by(BOB), new Change.Erase(), email("x", VERIFYING)).refusal())
                .contains(Refusal.UNKNOWN_CUSTOMER);
        assertThat(scene.email(BOB)).isEqualTo("P w");
        scene.decide(by(ANN), new Change.Erase());
        assertThat(scene.decide(who, email("x", VERIFYING)).refusal()).contains(Refusal.UNKNOWN_CUSTOMER);
    }

    @Test
    void anIdThatWasMergedIntoAnErasedCustomerFindsNobody() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-");
        scene.decide(by(ANN), new Change.MergeWith(BOB));
        scene.decide(by(ANN), new Change.Erase());
        assertThat(scene.around.customer(ANN)).isEmpty();
        assertThat(scene.around.customer(BOB)).isEmpty();
    }

    /** What a command did to others before it erased its own customer has happened, and must be written. */
    @Test
    void erasureHidesNothingThatHappenedToOthers() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w + np v", "-");
        Decision decision = scene.decide(by(BOB), scene.proof("v"), new Change.Erase());
        assertThat(scene.email(ANN)).isEqualTo("np v");
        assertThat(decision.effects()).extracting(Effect::customer).containsExactly(ANN, BOB);
        Decision merged = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-").assets(ANN)
                .decide(by(BOB), new Change.MergeWith(ANN), new Change.Erase());
        assertThat(merged.effects()).extracting(MergeTest::who).containsExactly(
                List.of(ANN, BOB, Effect.MergeReason.ORDERED), List.of());
        assertThat(merged.effects()).last().isEqualTo(new Effect.Erased(ANN));
    }
}
