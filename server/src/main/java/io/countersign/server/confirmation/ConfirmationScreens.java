package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.server.platform.pages.Wait;
import java.time.Instant;

/** Which screen tells what a challenge is, and what a button came to. */
final class ConfirmationScreens {
    private ConfirmationScreens() {}

    /** What a GET shows. */
    static ConfirmationScreen of(Challenge challenge, Instant now) {
        return isOfContact(challenge) ? ofContact(challenge, now) : ofOptIn(challenge, now);
    }

    /** Whether it proves a contact and no more; its link was meant for a landing page, but may be opened here. */
    static boolean isOfContact(Challenge challenge) {
        return challenge.key().purpose() == Purpose.CONFIRM_CONTACT;
    }

    private static ConfirmationScreen ofOptIn(Challenge challenge, Instant now) {
        return switch (challenge.state()) {
            case OPEN -> challenge.isExpired(now) ? new ConfirmationScreen.Expired() : new ConfirmationScreen.Ask();
            case CONFIRMED -> new ConfirmationScreen.AlreadyConfirmed();
            case REJECTED -> new ConfirmationScreen.Rejected();
            case SUPERSEDED -> new ConfirmationScreen.Used();
            case VOID -> new ConfirmationScreen.Gone();
        };
    }

    private static ConfirmationScreen ofContact(Challenge challenge, Instant now) {
        return switch (challenge.state()) {
            case OPEN -> challenge.isExpired(now) ? new ConfirmationScreen.Ended()
                    : new ConfirmationScreen.AskContact();
            case CONFIRMED -> new ConfirmationScreen.Verified();
            case SUPERSEDED -> new ConfirmationScreen.Used();
            case REJECTED, VOID -> new ConfirmationScreen.Gone();
        };
    }

    /** What a POST shows. */
    static ConfirmationScreen of(Challenge challenge, ChallengeAnswer answer, Instant now) {
        return isOfContact(challenge) ? ofContact(answer) : ofOptIn(answer, now);
    }

    private static ConfirmationScreen ofOptIn(ChallengeAnswer answer, Instant now) {
        return switch (answer) {
            case ChallengeAnswer.Confirmed(boolean subscribed) ->
                    subscribed ? new ConfirmationScreen.Confirmed() : new ConfirmationScreen.Left();
            case ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyRejected _ -> new ConfirmationScreen.Rejected();
            case ChallengeAnswer.AlreadyConfirmed _ -> new ConfirmationScreen.AlreadyConfirmed();
            case ChallengeAnswer.Expired _ -> new ConfirmationScreen.Expired();
            case ChallengeAnswer.Gone _ -> new ConfirmationScreen.Gone();
            // What only codes and messages come to.
            case ChallengeAnswer.NoContact _, ChallengeAnswer.Proven _, ChallengeAnswer.WrongCode _ ->
                    new ConfirmationScreen.Gone();
            case ChallengeAnswer.Mailed(Instant next) -> new ConfirmationScreen.Resent(new Wait(now, next));
            case ChallengeAnswer.NotBefore(Instant next) -> new ConfirmationScreen.TooSoon(new Wait(now, next));
        };
    }

    private static ConfirmationScreen ofContact(ChallengeAnswer answer) {
        return switch (answer) {
            case ChallengeAnswer.Confirmed _, ChallengeAnswer.AlreadyConfirmed _, ChallengeAnswer.Proven _ ->
                    new ConfirmationScreen.Verified();
            case ChallengeAnswer.Expired _ -> new ConfirmationScreen.Ended();
            case ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyRejected _, ChallengeAnswer.Gone _,
                 ChallengeAnswer.NoContact _, ChallengeAnswer.WrongCode _, ChallengeAnswer.Mailed _,
                 ChallengeAnswer.NotBefore _ -> new ConfirmationScreen.Gone();
        };
    }
}
