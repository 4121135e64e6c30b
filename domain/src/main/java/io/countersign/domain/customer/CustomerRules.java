package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.project.Policy;
import io.countersign.domain.subscription.SubscriptionOutcome;
import io.countersign.domain.subscription.SubscriptionRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides commands: the one place where every way in meets the rules. */
public final class CustomerRules {
    private CustomerRules() {}

    /** Carries {@code command} out on {@code around}; a refused one changes nothing. */
    public static Decision decide(Neighbourhood around, CustomerCommand command, Policy policy, Instant now) {
        var work = new Work(around, command, policy, now);
        around.keep();
        try {
            Optional<Refusal> unknown = find(work);
            if (unknown.isPresent()) {
                return refused(work, unknown.get());
            }
            Decision decision = carryOut(work);
            around.keep();
            return decision;
        } catch (RuntimeException fault) {
            around.takeBack();
            throw fault;
        }
    }

    private static Optional<Refusal> find(Work work) {
        Who who = work.command.who();
        if (work.around.isAmbiguous(who)) {
            return Optional.of(Refusal.AMBIGUOUS);
        }
        Optional<Customer> found = work.around.find(who);
        if (found.isPresent()) {
            work.concerns(found.get().id());
            return Optional.empty();
        }
        if (who instanceof Who.ByChallenge(var id)) {
            return work.around.challenge(id).isPresent() ? Optional.empty() : Optional.of(Refusal.UNKNOWN_CHALLENGE);
        }
        if (work.command.ifUnknown() == IfUnknown.REFUSE) {
            return Optional.of(Refusal.UNKNOWN_CUSTOMER);
        }
        Customer fresh = Customer.fresh(work.command.fresh().customer(), work.now);
        work.around.save(fresh);
        work.concerns(fresh.id());
        work.effects.add(new Effect.Created(fresh.id()));
        return Optional.empty();
    }

    private static Decision carryOut(Work work) {
        ChallengeAnswer answer = null;
        for (Change change : work.command.changes()) {
            Step step = isForNobody(work, change) ? Step.refused(Refusal.UNKNOWN_CUSTOMER)
                    : step(work, change);
            if (step.refusal() != null) {
                return refused(work, step.refusal());
            }
            answer = step.answer() == null ? answer : step.answer();
        }
        if (work.id() != null && isNameless(work)) {
            return refused(work, Refusal.NO_IDENTIFIER);
        }
        rememberAct(work);
        return new Decision(Optional.ofNullable(work.id()), work.effects, Optional.empty(),
                Optional.ofNullable(answer));
    }

    /** The customer is gone; a challenge can still say so. */
    private static boolean isForNobody(Work work, Change change) {
        return work.id() == null
                && !(change instanceof Change.AnswerChallenge || change instanceof Change.AskAgain
                || change instanceof Change.AnswerTicket);
    }

    /** What one change came to: nothing to say, a refusal, or an answer. */
    record Step(Refusal refusal, ChallengeAnswer answer) {
        static final Step DONE = new Step(null, null);

        static Step refused(Refusal refusal) {
            return new Step(refusal, null);
        }

        static Step answered(ChallengeAnswer answer) {
            return new Step(null, answer);
        }
    }

    private static Step step(Work work, Change change) {
        return switch (change) {
            case Change.FillContact fill -> ContactSteps.fill(work, fill);
            case Change.ClearContact(ContactType type) -> ContactSteps.clear(work, type);
            case Change.ConfirmContact confirm -> ContactSteps.confirm(work, confirm);
            case Change.UnverifyContact(ContactType type) -> ContactSteps.unverify(work, type);
            case Change.SetSubscription set -> subscription(work, set);
            case Change.SetProfile set -> profile(work, set);
            case Change.SetExternalId set -> externalId(work, set);
            case Change.SubmitForm submit -> FormSteps.submit(work, submit);
            case Change.AnswerChallenge answer -> FormSteps.answer(work, answer);
            case Change.AskAgain again -> FormSteps.askAgain(work, again);
            case Change.Deduplicate _ -> DeduplicationSteps.carryOut(work);
            case Change.AnswerCode answer -> CodeSteps.answer(work, answer);
            case Change.AnswerTicket(var challenge) -> TicketSteps.answer(work, challenge);
            case Change.FollowLink follow -> LinkSteps.follow(work, follow);
            case Change.IssueAction issue -> {
                work.effects.add(new Effect.ActionIssued(work.id(), issue.brand(), issue.action(), issue.detail()));
                yield Step.DONE;
            }
            case Change.OpenChallenge open -> MessageSteps.open(work, open);
            case Change.SendMessage send -> MessageSteps.send(work, send);
            case Change.ReportDelivery report -> ValiditySteps.report(work, report);
            case Change.SignOfLife sign -> ValiditySteps.sign(work, sign);
            case Change.RestoreContact restore -> ValiditySteps.restore(work, restore);
            case Change.MergeWith(var other) -> MergeSteps.ordered(work, other);
            case Change.MergeNamed(Who other) -> MergeSteps.named(work, other);
            case Change.IfBlank(Change inner) ->
                    AppendSteps.left(work.customer(), inner).map(left -> step(work, left)).orElse(Step.DONE);
            case Change.Erase _ -> erase(work);
        };
    }

    static Step subscription(Work work, Change.SetSubscription set) {
        var switches = new SubscriptionRules.Switches(work.policy.brand(set.brand()).doubleOptIn(),
                work.policy.keepExplicitSubscribed());
        var outcome = SubscriptionRules.decide(work.customer().tree(set.brand()), set.node(), set.way(),
                set.instruction(), switches);
        return switch (outcome) {
            case SubscriptionOutcome.Moved(var tree, var action) -> {
                work.saveTree(set.brand(), tree, action);
                yield Step.DONE;
            }
            case SubscriptionOutcome.Unchanged _ -> Step.DONE;
            case SubscriptionOutcome.Refused _ -> Step.refused(Refusal.INSTRUCTION_NOT_ACCEPTED);
        };
    }

    private static Step profile(Work work, Change.SetProfile set) {
        Customer customer = work.customer();
        Profile.Patch patch = set.ofNewcomersOnly() && !isNew(work)
                ? Profile.Patch.NOTHING.withUserGroup(set.patch().userGroup()) : set.patch();
        return profile(work, customer, customer.profile().patched(patch));
    }

    private static Step profile(Work work, Customer customer, Profile after) {
        if (after.isTooLarge(customer.profile())) {
            return Step.refused(Refusal.TOO_MANY_FIELDS);
        }
        work.saveProfile(customer, after);
        return Step.DONE;
    }

    private static Step externalId(Work work, Change.SetExternalId set) {
        Customer customer = work.customer();
        Optional<Customer> other = work.around.find(new Who.ByExternalId(set.name(), set.value()));
        if (other.isPresent() && !other.get().id().equals(customer.id())) {
            return Step.refused(Refusal.EXTERNAL_ID_TAKEN);
        }
        boolean known = customer.profile().externalIds().getOrDefault(set.name(), List.of()).contains(set.value());
        return known ? Step.DONE : profile(work, customer, customer.profile().withExternalId(set.name(), set.value()));
    }

    /** Of what this command did before, only what concerns others is still to be written. */
    private static Step erase(Work work) {
        Customer customer = work.customer();
        for (ContactType type : ContactType.values()) {
            work.saveSlots(work.customer(), type, "", Slots.EMPTY, Effect.ContactChange.CLEARED);
        }
        work.around.remove(customer.id());
        work.effects.removeIf(effect -> effect.customer().equals(customer.id())
                && !(effect instanceof Effect.Merged));
        work.effects.add(new Effect.Erased(customer.id()));
        work.concerns(null);
        return Step.DONE;
    }

    static boolean isNew(Work work) {
        return work.effects.stream().anyMatch(Effect.Created.class::isInstance);
    }

    /** DM1: a new customer needs something to be found by. */
    private static boolean isNameless(Work work) {
        Customer customer = work.customer();
        return isNew(work) && customer.profile().externalIds().isEmpty()
                && customer.contacts().email().equals(Slots.EMPTY)
                && customer.contacts().mobile().equals(Slots.EMPTY);
    }

    private static void rememberAct(Work work) {
        if (work.command.origin().personal() && work.id() != null && !work.effects.isEmpty()) {
            Customer customer = work.customer();
            work.around.save(customer.with(customer.life().actedAt(work.now)));
        }
    }

    private static Decision refused(Work work, Refusal refusal) {
        work.around.takeBack();
        return new Decision(Optional.empty(), List.of(), Optional.of(refusal), Optional.empty());
    }
}
