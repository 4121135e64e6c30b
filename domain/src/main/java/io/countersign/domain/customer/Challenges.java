package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opening challenges, and what is known of those of one key. */
final class Challenges {
    private Challenges() {}

    static Optional<Challenge> open(Work work, Challenge.Key key) {
        return work.around.challenges(key).stream().filter(challenge -> challenge.isOpen(work.now)).findFirst();
    }

    /** A new challenge; one that has expired makes room for it. */
    static Challenge opened(Work work, Challenge.Key key, Asked asked, Duration life) {
        work.around.challenges(key).stream().filter(challenge -> challenge.isExpired(work.now))
                .forEach(expired -> work.close(expired, State.SUPERSEDED));
        var challenge = new Challenge(work.command.fresh().challenge(), key, asked, State.OPEN, work.now.plus(life),
                List.of());
        work.around.save(challenge);
        work.effects.add(new Effect.ChallengeOpened(work.id(), challenge));
        return challenge;
    }

    /** When messages about challenges of this key went. */
    static List<Instant> mailed(Work work, Challenge.Key key) {
        return work.around.challenges(key).stream().flatMap(known -> known.mailed().stream()).distinct().toList();
    }

    static void save(Work work, Challenge challenge) {
        work.around.save(challenge);
        work.effects.add(new Effect.ChallengeChanged(work.id(), challenge));
    }

    /** The challenge that concerns the customer of this command; that customer may be gone. */
    static Optional<Challenge> concerned(Work work, UUID id) {
        return work.around.challenge(id).filter(challenge -> work.id() == null
                || work.around.customer(challenge.key().customer()).equals(Optional.of(work.customer())));
    }

    static boolean isHeld(Work work, Challenge challenge) {
        return work.id() != null
                && work.customer().contacts().of(challenge.key().type()).holds(challenge.key().value());
    }

    /** What there is to say of a challenge that cannot be answered any more. */
    static Optional<ChallengeAnswer> settled(Work work, Challenge challenge) {
        return switch (challenge.state()) {
            case CONFIRMED -> Optional.of(new ChallengeAnswer.AlreadyConfirmed());
            case REJECTED -> Optional.of(new ChallengeAnswer.AlreadyRejected());
            case VOID -> Optional.of(new ChallengeAnswer.Gone());
            case SUPERSEDED -> Optional.of(new ChallengeAnswer.Expired());
            case OPEN -> open(work, challenge);
        };
    }

    /** Closes a challenge as the command has left it: a merge may have moved or closed it. */
    static void close(Work work, Challenge challenge, State state) {
        work.close(work.around.challenge(challenge.id()).orElseThrow(), state);
    }

    /** An open challenge cannot be answered when its contact is gone, or its time. */
    private static Optional<ChallengeAnswer> open(Work work, Challenge challenge) {
        if (!isHeld(work, challenge)) {
            return Optional.of(new ChallengeAnswer.Gone());
        }
        return challenge.isExpired(work.now) ? Optional.of(new ChallengeAnswer.Expired()) : Optional.empty();
    }
}
