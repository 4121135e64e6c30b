package io.countersign.domain.customer;

import static io.countersign.domain.customer.Scene.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails about one challenge: no sooner than 60 s apart, at most 5 in 24 hours (design section 1). */
class MailLimitsTest {
    private final Scene scene = new Scene();
    private Instant start;
    private UUID person;

    @BeforeEach
    void somebodySignsUp() {
        start = scene.now;
        person = scene.submit("v").customer().orElseThrow();
    }

    @Test
    void noMailInsideTheCoolDown() {
        Challenge challenge = scene.challenge(person);
        scene.pass(MINUTE.minusMillis(1));
        assertThat(scene.askAgain(challenge).answer())
                .contains(new ChallengeAnswer.NotBefore(start.plus(MINUTE)));
        assertThat(mails(scene.submit("v", Trees.NEWS))).isEmpty();
        scene.pass(Duration.ofMillis(1));
        assertThat(mails(scene.askAgain(challenge))).containsExactly(scene.now);
    }

    @Test
    void fiveMailsInADayAndTheSixthADayAfterTheFirst() {
        for (int mail = 2; mail <= 5; mail++) {
            scene.pass(Duration.ofHours(1));
            assertThat(mails(scene.askAgain(scene.challenge(person)))).hasSize(1);
        }
        scene.pass(Duration.ofHours(1));
        Instant next = start.plus(Duration.ofDays(1));
        assertThat(scene.askAgain(scene.challenge(person)).answer())
                .contains(new ChallengeAnswer.NotBefore(next));
        assertThat(mails(scene.submit("v"))).isEmpty();
        scene.pass(Duration.between(scene.now, next));
        assertThat(scene.askAgain(scene.challenge(person)).answer())
                .contains(new ChallengeAnswer.Mailed(start.plus(Duration.ofHours(25))));
    }

    @Test
    void theFirstMailOfANewChallengeWaitsForTheCoolDown() {
        Challenge first = scene.challenge(person);
        scene.pass(Duration.ofSeconds(20));
        scene.answer(first, Change.Answer.REJECT);
        assertThat(mails(scene.submit("v"))).containsExactly(start.plus(MINUTE));
        Challenge second = scene.challenge(person);
        assertThat(second.mailed()).containsExactly(start, start.plus(MINUTE));
        assertThat(scene.askAgain(second).answer())
                .contains(new ChallengeAnswer.NotBefore(start.plus(MINUTE.multipliedBy(2))));
    }

    @Test
    void startingNewChallengesDoesNotEvadeTheDailyLimit() {
        for (int again = 0; again < 10; again++) {
            scene.pass(MINUTE);
            scene.answer(scene.challenge(person), Change.Answer.REJECT);
            scene.submit("v");
        }
        List<Instant> inADay = scene.around.challenges().stream().flatMap(known -> known.mailed().stream())
                .distinct()
                .filter(at -> at.isBefore(start.plus(Duration.ofDays(1)))).toList();
        assertThat(inADay).hasSize(5);
    }

    @Test
    void everyAddressHasALimitOfItsOwn() {
        assertThat(mails(scene.submit("w"))).containsExactly(scene.now);
    }

    @Test
    void aFormMayHaveACoolDownOfItsOwn() {
        var topics = new TreeSet<>(List.of(Trees.NEWS));
        var form = new Change.SubmitForm(Scene.SHOP, "v", topics, "quick", true, Duration.ofSeconds(5));
        scene.pass(Duration.ofSeconds(5));
        assertThat(mails(scene.decide(Scene.by(person), form))).containsExactly(scene.now);
    }

    private static List<Instant> mails(Decision decision) {
        return decision.effects().stream().filter(Effect.MailRequested.class::isInstance)
                .map(effect -> ((Effect.MailRequested) effect).due()).toList();
    }
}
