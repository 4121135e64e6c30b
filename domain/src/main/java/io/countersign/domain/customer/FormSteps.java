package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.confirmation.MailRules;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.form.FormRules;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.Limits;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sign-up forms and the buttons of the confirmation page, with their challenges and mails. */
final class FormSteps {
    private FormSteps() {}

    static Step submit(Work work, Change.SubmitForm form) {
        Customer customer = work.customer();
        var decision = FormRules.submit(customer.tree(form.brand()), form.topics(), form.form(), form.optIn());
        save(work, form.brand(), decision, Action.NONE);
        decision.ask().ifPresent(asked -> {
            var key = new Challenge.Key(customer.id(), form.brand(), form.value());
            ask(work, key, asked, work.policy.limits().withCooldown(form.cooldown()));
        });
        return Step.DONE;
    }

    /** Extends the open challenge, mailing again when that is allowed; or opens one, whose mail may have to wait. */
    private static void ask(Work work, Challenge.Key key, Asked asked, Limits limits) {
        Instant next = MailRules.nextAllowed(mailed(work, key), limits, work.now);
        Optional<Challenge> open = open(work, key);
        if (open.isEmpty()) {
            mail(work, opened(work, key, asked), next);
            return;
        }
        Challenge wider = open.get().with(open.get().asked().and(asked));
        if (!next.isAfter(work.now)) {
            mail(work, wider, work.now);
        } else if (!wider.equals(open.get())) {
            work.around.save(wider);
            work.effects.add(new Effect.ChallengeChanged(work.id(), wider));
        }
    }

    private static Optional<Challenge> open(Work work, Challenge.Key key) {
        return work.around.challenges(key).stream().filter(challenge -> challenge.isOpen(work.now)).findFirst();
    }

    private static Challenge opened(Work work, Challenge.Key key, Asked asked) {
        work.around.challenges(key).stream().filter(challenge -> challenge.isExpired(work.now))
                .forEach(expired -> work.close(expired, State.SUPERSEDED));
        var challenge = new Challenge(work.command.fresh().challenge(), key, asked, State.OPEN,
                work.now.plus(work.policy.limits().linkLife()), List.of());
        work.effects.add(new Effect.ChallengeOpened(work.id(), challenge));
        return challenge;
    }

    private static void mail(Work work, Challenge challenge, Instant due) {
        var times = new ArrayList<>(MailRules.recent(mailed(work, challenge.key()), work.now));
        times.add(due);
        Challenge mailed = challenge.mailedAt(times);
        work.around.save(mailed);
        work.effects.add(new Effect.ChallengeChanged(work.id(), mailed));
        work.effects.add(new Effect.MailRequested(work.id(), mailed, work.command.fresh().message(), due));
    }

    private static List<Instant> mailed(Work work, Challenge.Key key) {
        return work.around.challenges(key).stream().flatMap(known -> known.mailed().stream()).distinct().toList();
    }

    static Step answer(Work work, Change.AnswerChallenge answer) {
        return concerned(work, answer.challenge()).map(challenge -> Step.answered(settled(work, challenge)
                .orElseGet(() -> switch (answer.answer()) {
                    case CONFIRM -> confirm(work, challenge);
                    case REJECT -> reject(work, challenge);
                }))).orElse(Step.refused(Refusal.UNKNOWN_CHALLENGE));
    }

    /** The challenge, if it concerns the customer of this command; that customer may be gone. */
    private static Optional<Challenge> concerned(Work work, UUID id) {
        return work.around.challenge(id).filter(challenge -> work.id() == null
                || work.around.customer(challenge.key().customer()).equals(Optional.of(work.customer())));
    }

    /** What there is to say of a challenge that cannot be answered any more. */
    private static Optional<ChallengeAnswer> settled(Work work, Challenge challenge) {
        return switch (challenge.state()) {
            case CONFIRMED -> Optional.of(new ChallengeAnswer.AlreadyConfirmed());
            case REJECTED -> Optional.of(new ChallengeAnswer.AlreadyRejected());
            case VOID -> Optional.of(new ChallengeAnswer.Gone());
            case SUPERSEDED -> Optional.of(new ChallengeAnswer.Expired());
            case OPEN -> isHeld(work, challenge) ? Optional.<ChallengeAnswer>of(new ChallengeAnswer.Expired())
                    .filter(_ -> challenge.isExpired(work.now)) : Optional.of(new ChallengeAnswer.Gone());
        };
    }

    private static boolean isHeld(Work work, Challenge challenge) {
        return work.id() != null && work.customer().contacts().email().holds(challenge.key().value());
    }

    private static ChallengeAnswer confirm(Work work, Challenge challenge) {
        ContactSteps.confirm(work,
                new Change.ConfirmContact(ContactType.EMAIL, challenge.key().value(), work.now));
        BrandId brand = challenge.key().brand();
        save(work, brand, FormRules.confirm(work.customer().tree(brand), challenge.asked()),
                switch (challenge.asked().scope()) {
                    case CHANNEL -> Action.CHANNEL_SUBSCRIPTION;
                    case TOPICS -> Action.TOPIC_SUBSCRIPTION;
                });
        closeBoth(work, challenge, State.CONFIRMED);
        boolean left = work.customer().tree(brand).effective(email()) != SubscriptionStatus.SUBSCRIBED;
        return new ChallengeAnswer.Confirmed(!left);
    }

    private static ChallengeAnswer reject(Work work, Challenge challenge) {
        BrandId brand = challenge.key().brand();
        save(work, brand, FormRules.reject(work.customer().tree(brand), challenge.asked()), Action.NONE);
        closeBoth(work, challenge, State.REJECTED);
        return new ChallengeAnswer.Rejected();
    }

    /** Closes the challenge as the command has left it: a merge may have moved or closed it. */
    private static void closeBoth(Work work, Challenge challenge, State state) {
        work.close(work.around.challenge(challenge.id()).orElseThrow(), state);
    }

    static Step askAgain(Work work, UUID id) {
        return concerned(work, id).map(challenge -> askAgain(work, challenge))
                .orElse(Step.refused(Refusal.UNKNOWN_CHALLENGE));
    }

    private static Step askAgain(Work work, Challenge challenge) {
        if (challenge.state() == State.CONFIRMED) {
            return Step.answered(new ChallengeAnswer.AlreadyConfirmed());
        }
        if (challenge.state() == State.VOID || !isHeld(work, challenge)) {
            return Step.answered(new ChallengeAnswer.Gone());
        }
        if (!work.command.origin().personal() && hasDeclined(work, challenge)) {
            return Step.answered(new ChallengeAnswer.AlreadyRejected());
        }
        Limits limits = work.policy.limits();
        Instant next = MailRules.nextAllowed(mailed(work, challenge.key()), limits, work.now);
        if (next.isAfter(work.now)) {
            return Step.answered(new ChallengeAnswer.NotBefore(next));
        }
        reopen(work, challenge);
        return Step.answered(new ChallengeAnswer.Mailed(
                MailRules.nextAllowed(mailed(work, challenge.key()), limits, work.now)));
    }

    /** Whoever said no, or left since, may ask again; nobody else may for them (loops 3.2, Request opt-in). */
    private static boolean hasDeclined(Work work, Challenge challenge) {
        var tree = work.customer().tree(challenge.key().brand());
        return challenge.state() == State.REJECTED || challenge.asked().scope() == Challenge.Scope.CHANNEL
                && tree.effective(email()) == SubscriptionStatus.UNSUBSCRIBED;
    }

    private static void reopen(Work work, Challenge challenge) {
        BrandId brand = challenge.key().brand();
        var tree = work.customer().tree(brand);
        boolean waits = challenge.asked().scope() == Challenge.Scope.CHANNEL
                && tree.effective(email()) != SubscriptionStatus.SUBSCRIBED;
        if (waits) {
            save(work, brand, FormRules.pending(tree, challenge.asked()), Action.NONE);
        }
        Challenge live = open(work, challenge.key()).orElseGet(() -> opened(work, challenge.key(), challenge.asked()));
        mail(work, live, work.now);
    }

    private static void save(Work work, BrandId brand, FormRules.Decision decision, Action action) {
        work.saveTree(brand, decision.tree(), action);
        decision.optIn().ifPresent(status -> saveOptIn(work, brand, status));
    }

    private static void saveOptIn(Work work, BrandId brand, OptInStatus status) {
        Customer customer = work.customer();
        Optional<OptInStatus> before = customer.optIn(brand);
        if (before.filter(status::equals).isEmpty()) {
            work.around.save(customer.with(brand, status));
            work.effects.add(new Effect.OptInChanged(customer.id(), brand, before, status));
        }
    }

    private static Node email() {
        return Node.of(Channel.EMAIL);
    }
}
