package io.countersign.domain.customer;

import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.SHOP;
import static io.countersign.domain.customer.Scene.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change.Answer;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sign-up forms and the confirmation page: every row of {@code spec/loops.md} 3.2, as a person walks them.
 */
class FormJourneyTest {
    private final Scene scene = new Scene();
    private UUID person;

    @BeforeEach
    void somebodySignsUp() {
        person = scene.submit("v", Trees.NEWS).customer().orElseThrow();
    }

    @Test
    void row1WithoutOptInAFormSubscribesAtOnce() {
        scene.optIn = false;
        Decision decision = scene.submit("w", Trees.NEWS);
        UUID other = decision.customer().orElseThrow();
        assertState(other, "email=S news=S", null);
        assertThat(decision.effects()).noneMatch(Effect.MailRequested.class::isInstance);
    }

    @Test
    void row2WithOptInTheTopicsWaitInTheChallenge() {
        assertState(person, "email=R", OptInStatus.PENDING);
        Challenge challenge = scene.challenge(person);
        assertThat(challenge.asked().topics()).containsExactly(Trees.NEWS);
        assertThat(challenge.asked().scope()).isEqualTo(Challenge.Scope.CHANNEL);
        assertThat(challenge.expiresAt()).isEqualTo(scene.now.plus(Duration.ofDays(30)));
        assertThat(challenge.mailed()).containsExactly(scene.now);
    }

    @Test
    void row3TheApiIsNotGated() {
        scene.with(ANN, "P w", "-");
        scene.decide(by(ANN), new Change.SetSubscription(SHOP, Trees.node("email"), Way.LOOPS_API,
                Instruction.SUBSCRIBE));
        assertState(ANN, "email=S", null);
    }

    @Test
    void row4ConfirmingSubscribesAppliesTheTopicsAndVerifiesTheContact() { // and design 1: links
        Decision decision = scene.answer(scene.challenge(person), Answer.CONFIRM);
        assertState(person, "email=S news=S", OptInStatus.ACCEPTED);
        assertThat(scene.email(person)).isEqualTo("C v");
        assertThat(decision.answer()).contains(new ChallengeAnswer.Confirmed(true));
        assertThat(decision.effects()).filteredOn(Effect.SubscriptionChanged.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Effect.SubscriptionChanged.class,
                        changed -> assertThat(changed.action()).isEqualTo(Action.CHANNEL_SUBSCRIPTION));
        assertThat(decision.effects()).contains(new Effect.OptInChanged(person, SHOP,
                Optional.of(OptInStatus.PENDING), OptInStatus.ACCEPTED));
    }

    @Test
    void row5NoThanksUnsubscribesAndKeepsTheContact() {
        Decision decision = scene.answer(scene.challenge(person), Answer.REJECT);
        assertState(person, "email=U", OptInStatus.REJECTED);
        assertThat(scene.email(person)).isEqualTo("P v");
        assertThat(decision.answer()).contains(new ChallengeAnswer.Rejected());
    }

    @Test
    void row6WhoeverDoesNotReactStaysPendingAndTheLinkExpires() {
        Challenge challenge = scene.challenge(person);
        scene.pass(Duration.ofDays(30));
        assertState(person, "email=R", OptInStatus.PENDING);
        assertThat(scene.answer(challenge, Answer.CONFIRM).answer()).contains(new ChallengeAnswer.Expired());
        assertState(person, "email=R", OptInStatus.PENDING);
    }

    @Test
    void theLinkLivesToTheLastMoment() {
        scene.pass(Duration.ofDays(30).minusMillis(1));
        assertThat(scene.answer(scene.challenge(person), Answer.CONFIRM).answer())
                .contains(new ChallengeAnswer.Confirmed(true));
    }

    @Test
    void row7AnOperatorMayAskAgainWhileThePersonIsPending() {
        scene.pass(Scene.MINUTE);
        Decision decision = askedByOperator(scene.challenge(person));
        assertThat(decision.answer()).contains(new ChallengeAnswer.Mailed(scene.now.plus(Scene.MINUTE)));
        assertState(person, "email=R", OptInStatus.PENDING);
    }

    @Test
    void row8SigningUpAgainUnitesTheTopics() {
        UUID challenge = scene.challenge(person).id();
        Decision early = scene.submit("v", Trees.VIP);
        assertThat(early.effects()).noneMatch(Effect.MailRequested.class::isInstance);
        assertThat(scene.challenge(person).asked().topics()).containsExactly(Trees.NEWS, Trees.VIP);
        scene.pass(Scene.MINUTE);
        Decision later = scene.submit("v", Trees.VIP);
        assertThat(later.effects()).filteredOn(Effect.MailRequested.class::isInstance).hasSize(1);
        assertThat(scene.challenge(person).id()).isEqualTo(challenge);
        assertState(person, "email=R", OptInStatus.PENDING);
    }

    @Test
    void row9TheLinkOfADeletedPersonIsGone() {
        Challenge challenge = scene.challenge(person);
        Decision erased = scene.decide(by(person), new Change.Erase());
        assertThat(erased.effects()).containsExactly(new Effect.Erased(person));
        assertThat(scene.answer(challenge, Answer.CONFIRM).answer()).contains(new ChallengeAnswer.Gone());
    }

    @Test
    void row10WhoeverRejectedMayAskForAnotherMail() {
        Challenge rejected = scene.challenge(person);
        scene.answer(rejected, Answer.REJECT);
        assertThat(scene.askAgain(rejected).answer())
                .contains(new ChallengeAnswer.NotBefore(scene.now.plus(Scene.MINUTE)));
        scene.pass(Scene.MINUTE);
        assertThat(scene.askAgain(rejected).answer())
                .contains(new ChallengeAnswer.Mailed(scene.now.plus(Scene.MINUTE)));
        assertState(person, "email=R", OptInStatus.PENDING);
        Challenge fresh = scene.challenge(person);
        assertThat(fresh.id()).isNotEqualTo(rejected.id());
        assertThat(fresh.asked()).isEqualTo(rejected.asked());
        scene.answer(fresh, Answer.CONFIRM);
        assertState(person, "email=S news=S", OptInStatus.ACCEPTED);
    }

    /** An operator may not: only who is pending qualifies. */
    @Test
    void row11AnOperatorMayNotAskSomebodyWhoRejected() {
        Challenge rejected = scene.challenge(person);
        scene.answer(rejected, Answer.REJECT);
        scene.pass(Scene.MINUTE);
        Decision decision = askedByOperator(rejected);
        assertThat(decision.answer()).contains(new ChallengeAnswer.AlreadyRejected());
        assertThat(decision.effects()).isEmpty();
        assertState(person, "email=U", OptInStatus.REJECTED);
    }

    @Test
    void anOperatorMayNotAskSomebodyWhoLeftSince() { // loops 3.2 row 11: only pending contacts qualify
        Challenge challenge = scene.challenge(person);
        leave();
        scene.pass(Scene.MINUTE);
        askedByOperator(challenge);
        assertState(person, "email=U", OptInStatus.PENDING);
    }

    @Test
    void row12OpeningTheLinkAgainChangesNothing() {
        Challenge challenge = scene.challenge(person);
        scene.answer(challenge, Answer.CONFIRM);
        for (Answer answer : Answer.values()) {
            Decision again = scene.answer(challenge, answer);
            assertThat(again.answer()).contains(new ChallengeAnswer.AlreadyConfirmed());
            assertThat(again.effects()).isEmpty();
        }
        assertThat(scene.askAgain(challenge).answer()).contains(new ChallengeAnswer.AlreadyConfirmed());
        assertState(person, "email=S news=S", OptInStatus.ACCEPTED);
    }

    @Test
    void rejectingTwiceIsHarmlessToo() { // design 1: answering twice is harmless
        Challenge challenge = scene.challenge(person);
        scene.answer(challenge, Answer.REJECT);
        assertThat(scene.answer(challenge, Answer.CONFIRM).answer())
                .contains(new ChallengeAnswer.AlreadyRejected());
        assertState(person, "email=U", OptInStatus.REJECTED);
    }

    @Test
    void row13LeavingLaterKeepsTheAnswer() {
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        leave();
        assertState(person, "email=U", OptInStatus.ACCEPTED);
    }

    @Test
    void row14ASubscribedPersonGetsNewTopicsAtOnce() {
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        Decision decision = scene.submit("v", Trees.VIP);
        assertState(person, "email=S news=S vip=S", OptInStatus.ACCEPTED);
        assertThat(decision.effects()).noneMatch(Effect.MailRequested.class::isInstance);
    }

    @Test
    void aTopicThatWasLeftIsAskedForAnew() { // loops 1.2: nobody can be put back by the team
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        scene.decide(by(person), new Change.SetSubscription(SHOP, Trees.node("news"), Way.PREFERENCE_PAGE,
                Instruction.UNSUBSCRIBE));
        scene.pass(Scene.MINUTE);
        scene.submit("v", Trees.NEWS);
        assertState(person, "email=S news=U", OptInStatus.ACCEPTED);
        Decision confirmed = scene.answer(scene.challenge(person), Answer.CONFIRM);
        assertState(person, "email=S news=S", OptInStatus.ACCEPTED);
        assertThat(confirmed.effects()).filteredOn(Effect.SubscriptionChanged.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Effect.SubscriptionChanged.class,
                        // S1, flow 2
                        changed -> assertThat(changed.action()).isEqualTo(Action.TOPIC_SUBSCRIPTION));
    }

    @Test
    void rejectingFurtherTopicsLeavesTheChannel() {
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        scene.decide(by(person), new Change.SetSubscription(SHOP, Trees.node("news"), Way.PREFERENCE_PAGE,
                Instruction.UNSUBSCRIBE));
        scene.submit("v", Trees.NEWS);
        scene.answer(scene.challenge(person), Answer.REJECT);
        assertState(person, "email=S news=U", OptInStatus.ACCEPTED);
    }

    @Test
    void row15SigningUpAfterLeavingAsksAgain() {
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        leave();
        scene.pass(Scene.MINUTE);
        Decision decision = scene.submit("v", Trees.VIP);
        assertState(person, "email=R", OptInStatus.PENDING);
        assertThat(decision.effects()).filteredOn(Effect.MailRequested.class::isInstance).hasSize(1);
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        assertState(person, "email=S vip=S", OptInStatus.ACCEPTED);
    }

    @Test
    void row15WithoutOptInWhoeverLeftStaysOut() {
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        leave();
        scene.optIn = false;
        scene.submit("v", Trees.VIP);
        assertState(person, "email=U", OptInStatus.ACCEPTED);
    }

    @Test
    void signingUpAfterARejectionStartsANewChallenge() { // design 1, Loops
        Challenge rejected = scene.challenge(person);
        scene.answer(rejected, Answer.REJECT);
        scene.pass(Scene.MINUTE);
        scene.submit("v");
        assertState(person, "email=R", OptInStatus.PENDING);
        assertThat(scene.challenge(person).id()).isNotEqualTo(rejected.id());
    }

    @Test
    void signingUpAfterTheLinkExpiredStartsANewChallenge() {
        Challenge old = scene.challenge(person);
        scene.pass(Duration.ofDays(31));
        Decision decision = scene.submit("v", Trees.VIP);
        assertThat(scene.around.challenge(old.id()).orElseThrow().state()).isEqualTo(State.SUPERSEDED);
        assertThat(decision.effects()).filteredOn(Effect.MailRequested.class::isInstance).hasSize(1);
        assertThat(scene.answer(old, Answer.CONFIRM).answer()).contains(new ChallengeAnswer.Expired());
        assertThat(scene.challenge(person).isOpen(scene.now)).isTrue();
    }

    @Test
    void anExpiredPageMayAskForAnotherMail() {
        Challenge old = scene.challenge(person);
        scene.pass(Duration.ofDays(31));
        assertThat(scene.askAgain(old).answer())
                .contains(new ChallengeAnswer.Mailed(scene.now.plus(Scene.MINUTE)));
        Challenge fresh = scene.challenge(person);
        assertThat(fresh.id()).isNotEqualTo(old.id());
        assertThat(scene.answer(fresh, Answer.CONFIRM).answer())
                .contains(new ChallengeAnswer.Confirmed(true));
        assertState(person, "email=S news=S", OptInStatus.ACCEPTED);
    }

    @Test
    void aLinkStillWorksAfterOptInWasSwitchedOff() { // design 1: links; loops 3.1
        scene.optIn = false;
        scene.answer(scene.challenge(person), Answer.CONFIRM);
        assertState(person, "email=S news=S", OptInStatus.ACCEPTED);
    }

    @Test
    void confirmingVerifiesButDoesNotBringBackWhoeverLeftSince() { // S1: Unsubscribed stays
        leave();
        Decision decision = scene.answer(scene.challenge(person), Answer.CONFIRM);
        assertThat(decision.answer()).contains(new ChallengeAnswer.Confirmed(false));
        assertThat(scene.email(person)).isEqualTo("C v");
        assertState(person, "email=U", OptInStatus.PENDING);
    }

    @Test
    void anAddressThatIsNoLongerHeldVoidsItsChallenge() { // design 1: until the address changes
        Challenge challenge = scene.challenge(person);
        Decision changed = scene.decide(by(person), Scene.email("new", ContactRoute.VERIFYING));
        assertThat(changed.effects()).contains(new Effect.ChallengeClosed(person,
                challenge.with(State.VOID)));
        assertThat(scene.answer(challenge, Answer.CONFIRM).answer()).contains(new ChallengeAnswer.Gone());
        assertThat(scene.askAgain(challenge).answer()).contains(new ChallengeAnswer.Gone());
    }

    @Test
    void aDemotedAddressMayStillBeAnswered() { // CU3
        Challenge challenge = scene.challenge(person);
        scene.with(BOB, "P w + np v", "-");
        scene.decide(by(BOB), scene.proof("v"));
        scene.decide(by(BOB), new Change.ClearContact(ContactType.EMAIL));
        assertThat(scene.answer(challenge, Answer.CONFIRM).answer())
                .contains(new ChallengeAnswer.Confirmed(true));
        assertThat(scene.email(person)).isEqualTo("C v");
    }

    private Decision askedByOperator(Challenge challenge) {
        return scene.decideForThem(new CustomerCommand.Who.ByChallenge(challenge.id()),
                new Change.AskAgain(challenge.id()));
    }

    private void leave() {
        scene.decide(by(person), new Change.SetSubscription(SHOP, Trees.node("email"), Way.UNSUBSCRIBE_LINK,
                Instruction.UNSUBSCRIBE));
    }

    private void assertState(UUID id, String tree, OptInStatus optIn) {
        assertThat(Trees.text(scene.tree(id))).isEqualTo(tree);
        assertThat(scene.customer(id).optIns().get(SHOP)).isEqualTo(optIn);
    }
}
