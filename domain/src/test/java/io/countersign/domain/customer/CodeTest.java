package io.countersign.domain.customer;

import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.SHOP;
import static io.countersign.domain.customer.Scene.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Code;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change.Proves;
import io.countersign.domain.customer.Change.Recipient;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codes that are sent and typed: CT1 to CT8, NIST SP 800-63B-4, and the guard against toll fraud. */
class CodeTest {
    private static final String PHONE = "+4915112345678";
    private static final Optional<String> HERE = Optional.of("192.0.2.0/24");
    private final Scene scene = new Scene().with(ANN, "-", "P " + PHONE);

    private ChallengeAnswer send(ContactType type, Recipient to) {
        var proves = new Proves(Purpose.CONFIRM_CONTACT, Duration.ofDays(30), Challenge.Asked.CHANNEL);
        return scene.decide(by(ANN), new Change.SendMessage(SHOP, type, to, Optional.of(proves), "text", HERE))
                .answer().orElseThrow();
    }

    /** Sends, and lets the message carry this code. */
    private void sent(String code) {
        assertThat(send(ContactType.MOBILE, Recipient.PENDING)).isInstanceOf(ChallengeAnswer.Mailed.class);
        scene.around.addCodes(List.of(new Code(scene.challenge(ANN).id(), code,
                scene.now.plus(Duration.ofMinutes(10)))));
    }

    private ChallengeAnswer type(String code) {
        return type(ContactType.MOBILE, Purpose.CONFIRM_CONTACT, code);
    }

    private ChallengeAnswer type(ContactType type, Purpose purpose, String code) {
        return scene.decide(by(ANN), new Change.AnswerCode(purpose, type, _ -> code, HERE)).answer().orElseThrow();
    }

    @Test
    void theRightCodeProvesThePhone() { // CT1: MobilePhoneConfirmed
        sent("1");
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.Proven(true, false));
        assertThat(scene.mobile(ANN)).startsWith("C ");
        assertThat(scene.challenge(ANN).state()).isEqualTo(Challenge.State.CONFIRMED);
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.AlreadyConfirmed());
    }

    @Test
    void theRightCodeConfirmsTheSubscriptionToSmsAsWell() { // CT1: SubscriptionAndMobilePhoneConfirmed
        scene.subscribed(ANN, "sms=R");
        sent("1");
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.Proven(true, true));
        assertThat(scene.tree(ANN).explicit(Node.of(Channel.SMS))).isEqualTo(SubscriptionStatus.SUBSCRIBED);
    }

    @Test
    void aProvenPhoneMayStillAwaitItsSubscription() { // CT1: SubscriptionConfirmed
        scene.with(ANN, "-", "C " + PHONE).subscribed(ANN, "sms=R");
        sent("1");
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.Proven(false, true));
    }

    @Test
    void aWrongCodeProvesNothingAndSaysWhenTheNextIsCompared() { // CT1: IncorrectConfirmationCode
        sent("1");
        assertThat(type("2")).isEqualTo(new ChallengeAnswer.WrongCode(scene.now));
        assertThat(type("3")).isEqualTo(new ChallengeAnswer.WrongCode(scene.now.plusSeconds(5)));
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.NotBefore(scene.now.plusSeconds(5)));
        scene.pass(Duration.ofSeconds(5));
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.Proven(true, false));
    }

    @Test
    void afterFiveGuessesTheChallengeIsOverAndItsCodeDead() {
        sent("1");
        for (int guess = 0; guess < 5; guess++) {
            assertThat(type("wrong")).isInstanceOf(ChallengeAnswer.WrongCode.class);
            scene.pass(Duration.ofSeconds(30));
        }
        assertThat(scene.challenge(ANN).state()).isEqualTo(Challenge.State.VOID);
        assertThat(type("1")).isInstanceOf(ChallengeAnswer.WrongCode.class);
    }

    @Test
    void aNewCodeDoesNotClearTheFailuresOfTheNumber() { // NIST SP 800-63B-4
        for (int round = 0; round < 2; round++) {
            sent("right" + round);
            for (int guess = 0; guess < 5; guess++) {
                type("wrong");
                scene.pass(Duration.ofSeconds(30));
            }
        }
        scene.pass(Duration.ofMinutes(1));
        sent("1");
        assertThat(type("1")).isInstanceOf(ChallengeAnswer.NotBefore.class);
        scene.pass(Duration.ofDays(1));
        sent("2");
        assertThat(type("2")).isEqualTo(new ChallengeAnswer.Proven(true, false));
    }

    @Test
    void theNetworkThatGuessesAtManyNumbersIsStopped() {
        Instant until = scene.now.plus(Duration.ofDays(1));
        for (int i = 0; i < 50; i++) {
            var id = Scene.id(1000 + i);
            scene.with(id, "-", "P +49151" + (10_000_000 + i));
            scene.decide(by(id), new Change.AnswerCode(Purpose.CONFIRM_CONTACT, ContactType.MOBILE, _ -> "0", HERE));
        }
        sent("1");
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.NotBefore(until));
    }

    @Test
    void aCodeDiesAfterTenMinutes() {
        sent("1");
        scene.pass(Duration.ofMinutes(10));
        assertThat(type("1")).isInstanceOf(ChallengeAnswer.WrongCode.class);
    }

    @Test
    void everyCodeOfAChallengeIsGoodUntilOneIsAnswered() { // design: all secrets stay valid
        sent("1");
        scene.pass(Duration.ofMinutes(1));
        sent("2");
        assertThat(scene.around.challenges()).hasSize(1);
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.Proven(true, false));
        assertThat(type("2")).isEqualTo(new ChallengeAnswer.AlreadyConfirmed());
    }

    @Test
    void theCodeOfAnotherNumberProvesNothing() { // CF11
        sent("1");
        scene.decide(by(ANN), new Change.FillContact(ContactType.MOBILE, "+4915199999999",
                io.countersign.domain.contact.ContactRoute.VERIFYING));
        assertThat(scene.challenge(ANN).state()).isEqualTo(Challenge.State.VOID);
        assertThat(type("1")).isInstanceOf(ChallengeAnswer.WrongCode.class);
        assertThat(scene.mobile(ANN)).isEqualTo("P +4915199999999");
    }

    @Test
    void aPendingChangeIsProvenByTheCodeThatWentToIt() { // CF9
        scene.with(ANN, "-", "C " + PHONE + " + np +4915199999999");
        sent("1");
        assertThat(scene.challenge(ANN).key().value()).isEqualTo("+4915199999999");
        assertThat(type("1")).isEqualTo(new ChallengeAnswer.Proven(true, false));
        assertThat(scene.mobile(ANN)).isEqualTo("C +4915199999999");
    }

    @Test
    void messagesOfOneChallengeKeepTheirDistance() {
        sent("1");
        Instant next = scene.now.plus(Scene.MINUTE);
        assertThat(send(ContactType.MOBILE, Recipient.PENDING)).isEqualTo(new ChallengeAnswer.NotBefore(next));
        assertThat(send(ContactType.EMAIL, Recipient.PRIMARY)).isEqualTo(new ChallengeAnswer.NoContact());
        assertThat(send(ContactType.MOBILE, Recipient.NON_PRIMARY)).isEqualTo(new ChallengeAnswer.NoContact());
    }

    @Test
    void aBlockOfNumbersCannotBeWalkedThrough() { // toll fraud
        var proves = new Proves(Purpose.CONFIRM_CONTACT, Duration.ofDays(30), Challenge.Asked.CHANNEL);
        int sent = 0;
        for (int i = 0; i < 80; i++) {
            var id = Scene.id(2000 + i);
            scene.with(id, "-", "P +8821000" + (1000 + i));
            var from = Optional.of("198.51.100." + i);
            var answer = scene.decide(by(id), new Change.SendMessage(SHOP, ContactType.MOBILE, Recipient.PENDING,
                    Optional.of(proves), "text", from)).answer().orElseThrow();
            sent += answer instanceof ChallengeAnswer.Mailed ? 1 : 0;
        }
        assertThat(sent).isEqualTo(50);
    }

    @Test
    void anAuthorizationChangesNothingAndIsAnsweredOnce() { // CT4
        var open = new Change.OpenChallenge(Purpose.AUTHORIZE, ContactType.MOBILE, SHOP, Duration.ofHours(1));
        scene.decide(by(ANN), open);
        Challenge challenge = scene.challenge(ANN);
        assertThat(challenge.expiresAt()).isEqualTo(scene.now.plus(Duration.ofHours(1)));
        scene.around.addCodes(List.of(new Code(challenge.id(), "1", challenge.expiresAt())));
        assertThat(type(ContactType.EMAIL, Purpose.AUTHORIZE, "2")).isInstanceOf(ChallengeAnswer.WrongCode.class);
        assertThat(type(ContactType.EMAIL, Purpose.AUTHORIZE, "1")).isEqualTo(new ChallengeAnswer.Proven(false, false));
        assertThat(type(ContactType.EMAIL, Purpose.AUTHORIZE, "1")).isInstanceOf(ChallengeAnswer.WrongCode.class);
        assertThat(scene.mobile(ANN)).startsWith("P ");
    }

    @Test
    void aNewAuthorizationKeepsTheGuessesOfTheOneBefore() {
        var open = new Change.OpenChallenge(Purpose.AUTHORIZE, ContactType.MOBILE, SHOP, Duration.ofHours(1));
        scene.decide(by(ANN), open);
        type(ContactType.MOBILE, Purpose.AUTHORIZE, "wrong");
        scene.decide(by(ANN), open);
        assertThat(scene.around.challengesOf(ANN)).extracting(Challenge::state)
                .containsExactly(Challenge.State.SUPERSEDED, Challenge.State.OPEN);
        assertThat(scene.challenge(ANN).guesses().tried()).isEqualTo(1);
    }

    @Test
    void aTicketConfirmsTheContactWhateverTheSubscription() { // CF1, row "Email-confirmation ticket"
        for (String tree : List.of("email=R", "email=U", "email=S", "")) {
            var ticket = new Scene().with(BOB, "P b", "-");
            ticket.subscribed(BOB, tree);
            var proves = new Proves(Purpose.CONFIRM_CONTACT, Duration.ofDays(30), Challenge.Asked.CHANNEL);
            ticket.decide(by(BOB), new Change.SendMessage(SHOP, ContactType.EMAIL, Recipient.PRIMARY,
                    Optional.of(proves), "text", HERE));
            var challenge = ticket.challenge(BOB);
            var before = ticket.tree(BOB);
            var answer = ticket.decide(new CustomerCommand.Who.ByChallenge(challenge.id()),
                    new Change.AnswerTicket(challenge.id())).answer();
            boolean awaited = before.effective(Node.of(Channel.EMAIL)) == SubscriptionStatus.REQUIRES_CONFIRMATION;
            assertThat(answer).contains(new ChallengeAnswer.Confirmed(awaited));
            assertThat(ticket.email(BOB)).startsWith("C b");
            assertThat(ticket.tree(BOB).effective(Node.of(Channel.EMAIL))).isEqualTo(
                    awaited ? SubscriptionStatus.SUBSCRIBED : before.effective(Node.of(Channel.EMAIL)));
            assertThat(ticket.decide(new CustomerCommand.Who.ByChallenge(challenge.id()),
                    new Change.AnswerTicket(challenge.id())).answer())
                    .contains(new ChallengeAnswer.AlreadyConfirmed());
        }
    }
}
