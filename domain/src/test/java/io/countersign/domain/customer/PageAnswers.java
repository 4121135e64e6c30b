package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.customer.Change.Answer;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.time.Duration;
import java.util.UUID;

/**
 * What the confirmation page answers to each button, at each point of a sign-up's life; for the reference.
 */
public final class PageAnswers {
    private PageAnswers() {}

    /** How far a sign-up has come. */
    public enum Point { MAILED, WAITED, LEFT, CONFIRMED, REJECTED, EXPIRED, ADDRESS_CHANGED, ERASED }

    /** The buttons of the page. */
    public enum Button { CONFIRM, REJECT, ASK_AGAIN }

    public static ChallengeAnswer at(Point point, Button button) {
        var scene = new Scene();
        UUID person = scene.submit("v", Trees.NEWS).customer().orElseThrow();
        var challenge = scene.challenge(person);
        switch (point) {
            case MAILED -> { /* just now */ }
            case WAITED -> scene.pass(Scene.MINUTE);
            case LEFT -> {
                scene.decide(Scene.by(person), new Change.SetSubscription(Scene.SHOP, Trees.node("email"),
                        Way.UNSUBSCRIBE_LINK, Instruction.UNSUBSCRIBE));
                scene.pass(Scene.MINUTE);
            }
            case CONFIRMED -> scene.answer(challenge, Answer.CONFIRM);
            case REJECTED -> {
                scene.answer(challenge, Answer.REJECT);
                scene.pass(Scene.MINUTE);
            }
            case EXPIRED -> scene.pass(Duration.ofDays(30));
            case ADDRESS_CHANGED -> scene.decide(Scene.by(person),
                    Scene.email("w", ContactRoute.VERIFYING));
            case ERASED -> scene.decide(Scene.by(person), new Change.Erase());
        }
        return (switch (button) {
            case CONFIRM -> scene.answer(challenge, Answer.CONFIRM);
            case REJECT -> scene.answer(challenge, Answer.REJECT);
            case ASK_AGAIN -> scene.askAgain(challenge);
        }).answer().orElseThrow();
    }
}
