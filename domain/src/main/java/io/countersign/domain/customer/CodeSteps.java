package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.confirmation.CodeRules;
import io.countersign.domain.confirmation.Guard;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Codes that are typed (CT1-CT8): a try is counted everywhere before it is compared, and a new code clears nothing. */
final class CodeSteps {
    private CodeSteps() {}

    static Step answer(Work work, Change.AnswerCode answer) {
        if (answer.purpose() == Purpose.CONFIRM_CONTACT && isDone(work, answer.type())) {
            return Step.answered(new ChallengeAnswer.AlreadyConfirmed());
        }
        List<Challenge> open = open(work, answer);
        Instant next = nextAllowed(work, open, guards(work, answer, open));
        if (next.isAfter(work.now)) {
            return Step.answered(new ChallengeAnswer.NotBefore(next));
        }
        List<Guard> before = guards(work, answer, open);
        before.forEach(guard -> work.around.save(guard.counted(work.policy.codes(), work.now)));
        open = open.stream().map(challenge -> guessed(work, challenge)).toList();
        Optional<Challenge> right = open.stream().filter(challenge -> CodeRules.isRight(
                work.around.codesOf(challenge.id()), answer.hash().apply(challenge.id()), work.now)).findFirst();
        return right.map(challenge -> right(work, challenge, before)).orElseGet(() -> wrong(work, answer));
    }

    /** Nothing awaits a proof any more: neither the contact nor its channel's subscription to any brand. */
    private static boolean isDone(Work work, ContactType type) {
        Slots slots = work.customer().contacts().of(type);
        return slots.isConfirmed() && slots.claim().isEmpty() && (type == ContactType.EMAIL
                || work.customer().trees().values().stream().noneMatch(tree ->
                        tree.effective(Node.of(Channel.SMS)) == SubscriptionStatus.REQUIRES_CONFIRMATION));
    }

    /** The challenges that a code may answer; an authorization is the customer's, whatever contact it went to. */
    private static List<Challenge> open(Work work, Change.AnswerCode answer) {
        return work.around.challengesOf(work.id()).stream()
                .filter(challenge -> challenge.key().purpose() == answer.purpose() && challenge.isOpen(work.now))
                .filter(challenge -> answer.purpose() == Purpose.AUTHORIZE || challenge.key().type() == answer.type())
                .filter(challenge -> Challenges.isHeld(work, challenge)).toList();
    }

    private static Instant nextAllowed(Work work, List<Challenge> open, List<Guard> guards) {
        Instant next = CodeRules.nextAllowed(guards, work.policy.codes(), work.now);
        return open.stream()
                .flatMap(challenge -> CodeRules.nextGuess(challenge.guesses(), work.policy.codes(), work.now).stream())
                .max(Instant::compareTo).filter(next::isBefore).orElse(next);
    }

    /** The running counts: of each contact whose code this could be, and of where the guess comes from. */
    private static List<Guard> guards(Work work, Change.AnswerCode answer, List<Challenge> open) {
        var keys = new ArrayList<Guard.Key>();
        open.forEach(challenge -> keys.add(Guard.Key.failures(challenge.key().type(), challenge.key().value())));
        if (open.isEmpty()) {
            Slots slots = work.customer().contacts().of(answer.type());
            slots.claim().or(() -> slots.asPrimary().map(Slots.Primary::value))
                    .ifPresent(value -> keys.add(Guard.Key.failures(answer.type(), value)));
        }
        answer.address().ifPresent(address -> keys.add(new Guard.Key(Guard.Kind.FAILURES_OF_ADDRESS, address)));
        return keys.stream().distinct().map(key -> work.around.guard(key, work.now)).toList();
    }

    /** Counts a try on a challenge; the last one that it allows closes it, unless it is right. */
    private static Challenge guessed(Work work, Challenge challenge) {
        Challenge tried = challenge.with(challenge.guesses().and(work.now));
        Challenges.save(work, tried);
        return tried;
    }

    private static Step right(Work work, Challenge challenge, List<Guard> before) {
        before.forEach(guard -> work.around.save(guard.key().kind() == Guard.Kind.FAILURES_OF_VALUE
                ? Guard.fresh(guard.key(), work.now) : guard));
        boolean contact = false;
        boolean subscription = false;
        if (challenge.key().purpose() == Purpose.CONFIRM_CONTACT) {
            contact = confirm(work, challenge);
            subscription = challenge.key().type() == ContactType.MOBILE
                    && TicketSteps.subscribe(work, challenge, Node.of(Channel.SMS), Way.SMS_CODE);
        }
        Challenges.close(work, challenge, State.CONFIRMED);
        return Step.answered(new ChallengeAnswer.Proven(contact, subscription));
    }

    private static boolean confirm(Work work, Challenge challenge) {
        ContactType type = challenge.key().type();
        String value = challenge.key().value();
        Slots before = work.customer().contacts().of(type);
        ContactSteps.confirm(work, new Change.ConfirmContact(type, value, work.now));
        Slots after = work.customer().contacts().of(type);
        return isProven(after, value) && !isProven(before, value);
    }

    private static boolean isProven(Slots slots, String value) {
        return slots.isConfirmed() && slots.holdsPrimary(value);
    }

    private static Step wrong(Work work, Change.AnswerCode answer) {
        List<Challenge> open = open(work, answer);
        for (Challenge challenge : open) {
            work.effects.add(new Effect.CodeRefused(work.id(), answer.purpose(), challenge.key().type(),
                    challenge.key().value()));
            if (CodeRules.nextGuess(challenge.guesses(), work.policy.codes(), work.now).isEmpty()) {
                work.close(challenge, State.VOID);
            }
        }
        return Step.answered(new ChallengeAnswer.WrongCode(
                nextAllowed(work, open(work, answer), guards(work, answer, open))));
    }
}
