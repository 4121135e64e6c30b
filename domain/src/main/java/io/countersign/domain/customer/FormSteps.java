package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.confirmation.MailRules;
import io.countersign.domain.confirmation.Purpose;
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

/** Sign-up forms and the buttons of the confirmation page, with their challenges and mails. */
final class FormSteps {
    private FormSteps() {}

    static Step submit(Work work, Change.SubmitForm form) {
        Customer customer = work.customer();
        var decision = FormRules.submit(customer.tree(form.brand()), form.topics(), form.form(), form.optIn());
        save(work, form.brand(), decision, Action.NONE);
        decision.ask().filter(_ -> customer.contacts().email().holds(form.value())).ifPresent(asked -> {
            var key = Challenge.Key.optIn(customer.id(), form.brand(), form.value());
            ask(work, key, asked, work.policy.limits().withCooldown(form.cooldown()));
        });
        return Step.DONE;
    }

    /** Extends the open challenge, mailing again when that is allowed; or opens one, whose mail may have to wait. */
    private static void ask(Work work, Challenge.Key key, Asked asked, Limits limits) {
        Instant next = MailRules.nextAllowed(Challenges.mailed(work, key), limits, work.now);
        Optional<Challenge> open = Challenges.open(work, key);
        if (open.isEmpty()) {
            mail(work, opened(work, key, asked), next);
            return;
        }
        Challenge wider = open.get().with(open.get().asked().and(asked));
        if (!next.isAfter(work.now)) {
            mail(work, wider, work.now);
        } else if (!wider.equals(open.get())) {
            Challenges.save(work, wider);
        }
    }

    private static Challenge opened(Work work, Challenge.Key key, Asked asked) {
        return Challenges.opened(work, key, asked, work.policy.limits().linkLife());
    }

    private static void mail(Work work, Challenge challenge, Instant due) {
        var times = new ArrayList<>(MailRules.recent(Challenges.mailed(work, challenge.key()), work.now));
        times.add(due);
        Challenge mailed = challenge.mailedAt(times);
        Challenges.save(work, mailed);
        work.effects.add(new Effect.MailRequested(work.id(), mailed, work.command.fresh().message(), due));
    }

    static Step answer(Work work, Change.AnswerChallenge answer) {
        return Challenges.concerned(work, answer.challenge()).map(challenge -> Step.answered(
                Challenges.settled(work, challenge).orElseGet(() -> switch (answer.answer()) {
                    case CONFIRM -> confirm(work, challenge);
                    case REJECT -> reject(work, challenge);
                }))).orElse(Step.refused(Refusal.UNKNOWN_CHALLENGE));
    }

    private static ChallengeAnswer confirm(Work work, Challenge challenge) {
        return switch (challenge.key().purpose()) {
            case OPT_IN -> confirmOptIn(work, challenge);
            case CONFIRM_CONTACT -> TicketSteps.confirm(work, challenge);
            case AUTHORIZE -> new ChallengeAnswer.Gone(); // its codes are answered elsewhere
        };
    }

    private static ChallengeAnswer confirmOptIn(Work work, Challenge challenge) {
        ContactSteps.confirm(work,
                new Change.ConfirmContact(ContactType.EMAIL, challenge.key().value(), work.now));
        BrandId brand = challenge.key().brand();
        save(work, brand, FormRules.confirm(work.customer().tree(brand), challenge.asked()),
                switch (challenge.asked().scope()) {
                    case CHANNEL -> Action.CHANNEL_SUBSCRIPTION;
                    case TOPICS -> Action.TOPIC_SUBSCRIPTION;
                });
        Challenges.close(work, challenge, State.CONFIRMED);
        boolean left = work.customer().tree(brand).effective(email()) != SubscriptionStatus.SUBSCRIBED;
        return new ChallengeAnswer.Confirmed(!left);
    }

    private static ChallengeAnswer reject(Work work, Challenge challenge) {
        BrandId brand = challenge.key().brand();
        if (challenge.key().purpose() != Purpose.OPT_IN) {
            Challenges.close(work, challenge, State.REJECTED);
            return new ChallengeAnswer.Rejected();
        }
        save(work, brand, FormRules.reject(work.customer().tree(brand), challenge.asked()), Action.NONE);
        Challenges.close(work, challenge, State.REJECTED);
        return new ChallengeAnswer.Rejected();
    }

    static Step askAgain(Work work, Change.AskAgain again) {
        Limits limits = work.policy.limits();
        Limits own = again.cooldown().map(limits::withCooldown).orElse(limits);
        return Challenges.concerned(work, again.challenge()).map(challenge -> askAgain(work, challenge, own))
                .orElse(Step.refused(Refusal.UNKNOWN_CHALLENGE));
    }

    private static Step askAgain(Work work, Challenge challenge, Limits limits) {
        if (challenge.state() == State.CONFIRMED) {
            return Step.answered(new ChallengeAnswer.AlreadyConfirmed());
        }
        if (challenge.key().purpose() != Purpose.OPT_IN || challenge.state() == State.VOID
                || !Challenges.isHeld(work, challenge)) {
            return Step.answered(new ChallengeAnswer.Gone());
        }
        if (!work.command.origin().personal() && hasDeclined(work, challenge)) {
            return Step.answered(new ChallengeAnswer.AlreadyRejected());
        }
        Instant next = MailRules.nextAllowed(Challenges.mailed(work, challenge.key()), limits, work.now);
        if (next.isAfter(work.now)) {
            return Step.answered(new ChallengeAnswer.NotBefore(next));
        }
        reopen(work, challenge);
        return Step.answered(new ChallengeAnswer.Mailed(
                MailRules.nextAllowed(Challenges.mailed(work, challenge.key()), limits, work.now)));
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
        Challenge live = Challenges.open(work, challenge.key())
                .orElseGet(() -> opened(work, challenge.key(), challenge.asked()));
        mail(work, live, work.now);
    }

    private static void save(Work work, BrandId brand, FormRules.Decision decision, Action action) {
        work.saveTree(brand, decision.tree(), action);
        decision.optIn().ifPresent(status -> saveOptIn(work, brand, status));
    }

    static void saveOptIn(Work work, BrandId brand, OptInStatus status) {
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
