package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.confirmation.CodeRules;
import io.countersign.domain.confirmation.Guard;
import io.countersign.domain.confirmation.MailRules;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.project.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages that somebody's act asks for, and the challenges that their codes and links answer. */
final class MessageSteps {
    private MessageSteps() {}

    static Step send(Work work, Change.SendMessage send) {
        Optional<String> value = recipient(work, send);
        if (value.isEmpty()) {
            return Step.answered(new ChallengeAnswer.NoContact());
        }
        var to = new Effect.MessageQueued.Address(send.type(), value.get());
        if (send.proves().isEmpty()) {
            queue(work, send, to, Optional.empty());
            return Step.answered(new ChallengeAnswer.Mailed(work.now));
        }
        return prove(work, send, send.proves().get(), to);
    }

    private static Optional<String> recipient(Work work, Change.SendMessage send) {
        Slots slots = work.customer().contacts().of(send.type());
        Optional<String> primary = slots.asPrimary().map(Slots.Primary::value);
        return switch (send.to()) {
            case PRIMARY -> primary;
            case NON_PRIMARY -> slots.claim();
            case PENDING -> slots.claim().or(() -> primary);
        };
    }

    /** With a code or a link: no sooner than the cool-down, so many a day, and not to everybody's cost. */
    private static Step prove(Work work, Change.SendMessage send, Change.Proves proves,
                              Effect.MessageQueued.Address to) {
        var key = new Challenge.Key(work.id(), proves.purpose(), send.brand(), to.type(), to.value());
        Instant next = nextAllowed(work, key, send.address());
        if (next.isAfter(work.now)) {
            return Step.answered(new ChallengeAnswer.NotBefore(next));
        }
        guards(work, to, send.address())
                .forEach(guard -> work.around.save(guard.counted(work.policy.codes(), work.now)));
        Challenge challenge = live(work, key).orElseGet(() -> Challenges.opened(work, key, proves.asked(),
                proves.life()));
        var times = new ArrayList<>(MailRules.recent(Challenges.mailed(work, key), work.now));
        times.add(work.now);
        Challenges.save(work, challenge.mailedAt(times));
        queue(work, send, to, Optional.of(challenge));
        return Step.answered(new ChallengeAnswer.Mailed(nextAllowed(work, key, send.address())));
    }

    /** The challenge that goes on: an authorization is the customer's, whatever contact its code goes to. */
    private static Optional<Challenge> live(Work work, Challenge.Key key) {
        return key.purpose() == Purpose.AUTHORIZE ? authorization(work, key) : Challenges.open(work, key);
    }

    private static Optional<Challenge> authorization(Work work, Challenge.Key key) {
        return work.around.challengesOf(work.id()).stream().filter(challenge -> challenge.isOpen(work.now)
                && challenge.key().purpose() == Purpose.AUTHORIZE && challenge.key().brand().equals(key.brand()))
                .findFirst();
    }

    private static Instant nextAllowed(Work work, Challenge.Key key, Optional<String> address) {
        Limits limits = work.policy.limits();
        Instant next = MailRules.nextAllowed(Challenges.mailed(work, key), limits, work.now);
        Instant guarded = CodeRules.nextAllowed(guards(work,
                new Effect.MessageQueued.Address(key.type(), key.value()), address), work.policy.codes(), work.now);
        return guarded.isAfter(next) ? guarded : next;
    }

    /** SMS cost money, and numbers that somebody earns from can be asked for: these are counted (toll fraud). */
    private static List<Guard> guards(Work work, Effect.MessageQueued.Address to, Optional<String> address) {
        if (to.type() != ContactType.MOBILE) {
            return List.of();
        }
        var keys = new ArrayList<Guard.Key>();
        keys.add(new Guard.Key(Guard.Kind.SMS_TO_NUMBER, to.value()));
        keys.add(new Guard.Key(Guard.Kind.SMS_TO_PREFIX, CodeRules.prefix(to.value())));
        address.ifPresent(from -> keys.add(new Guard.Key(Guard.Kind.SMS_FROM_ADDRESS, from)));
        return keys.stream().map(key -> work.around.guard(key, work.now)).toList();
    }

    private static void queue(Work work, Change.SendMessage send, Effect.MessageQueued.Address to,
                              Optional<Challenge> challenge) {
        work.effects.add(new Effect.MessageQueued(work.id(), work.command.fresh().message(), send.brand(), to,
                challenge.map(Challenge::id), send.content(), work.now));
    }

    /** A new authorization takes the place of the one before; what was guessed at that one goes on counting. */
    static Step open(Work work, Change.OpenChallenge open) {
        Slots slots = work.customer().contacts().of(open.type());
        Optional<String> value = slots.asPrimary().map(Slots.Primary::value);
        if (value.isEmpty()) {
            return Step.answered(new ChallengeAnswer.NoContact());
        }
        var key = new Challenge.Key(work.id(), open.purpose(), open.brand(), open.type(), value.get());
        Optional<Challenge> before = live(work, key);
        before.ifPresent(old -> work.close(old, State.SUPERSEDED));
        Challenge opened = Challenges.opened(work, key, Asked.CHANNEL, open.life());
        before.ifPresent(old -> Challenges.save(work, opened.with(old.guesses()).mailedAt(old.mailed())));
        return Step.answered(new ChallengeAnswer.Mailed(nextAllowed(work, key, Optional.empty())));
    }
}
