package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactRules;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect.ContactChange;
import io.countersign.domain.customer.Effect.MergeReason;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.SubscriptionMerge;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionTree;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;

/** Two customers become one (CU4-CU13): everything of both is kept, the survivor's values come first. */
final class MergeSteps {
    private MergeSteps() {}

    /** A second customer has proven a contact that another had proven (CU4). */
    static Step bothConfirmed(Work work, Change.ConfirmContact proof, Customer rival) {
        Customer self = work.customer();
        if (!DisputeRules.mayMerge(self, rival)) {
            work.effects.add(new Effect.MergeBarred(self.id(), rival.id(), proof.type(), proof.value()));
            return Step.DONE;
        }
        Instant since = ContactSteps.proof(rival, proof.type())
                .map(held -> held instanceof Proof.Confirmed(Instant at) && at.isBefore(proof.at()) ? at : proof.at())
                .orElse(proof.at());
        Customer acting = self.with(self.life().actedAt(work.now))
                .with(proof.type(), ContactRules.confirm(self.contacts().of(proof.type()), proof.value(), since));
        Customer survivor = DisputeRules.priority(acting, rival, proof.type());
        Customer loser = survivor == rival ? self : rival;
        merge(work, survivor == rival ? rival : self, loser, MergeReason.SAME_CONTACT_CONFIRMED_BY_BOTH);
        ensureHeld(work, proof);
        ContactSteps.prove(work, new Change.ConfirmContact(proof.type(), proof.value(), since),
                ConfirmationKind.of(self.contacts().of(proof.type()), proof.value()));
        return Step.DONE;
    }

    private static void ensureHeld(Work work, Change.ConfirmContact proof) {
        Customer survivor = work.customer();
        Slots held = survivor.contacts().of(proof.type());
        if (!held.holds(proof.value())) {
            work.saveSlots(survivor, proof.type(), proof.value(), ContactRules.claim(held, proof.value()),
                    ContactChange.CLAIMED);
        }
    }

    /** By order of an operator; the current customer survives if the rules say so. */
    static Step ordered(Work work, UUID otherId) {
        return ordered(work, otherId, (self, other) -> DisputeRules.priority(self, other, ContactType.EMAIL));
    }

    private static Step ordered(Work work, UUID otherId, BinaryOperator<Customer> survivor) {
        Customer self = work.customer();
        var other = work.around.customer(otherId);
        if (other.isEmpty()) {
            return Step.refused(Refusal.UNKNOWN_CUSTOMER);
        }
        if (other.get().id().equals(self.id()) || !DisputeRules.mayMerge(self, other.get())) {
            return Step.refused(Refusal.MERGE_BARRED);
        }
        Customer stays = survivor.apply(self, other.get());
        merge(work, stays, stays == self ? other.get() : self, MergeReason.ORDERED);
        return Step.DONE;
    }

    /** A new card and somebody who holds a contact that it brought are the same person (CU9). */
    static void united(Work work, ContactType type, Customer holder) {
        Customer card = work.customer();
        Customer survivor = DisputeRules.priority(card, holder, type);
        merge(work, survivor, survivor == card ? holder : card, MergeReason.FULL_MATCH);
    }

    /**
     * By a merge operation, which says who results: the current customer survives. Others are named by what the caller
     * calls them; a repeated order finds both in one already.
     */
    static Step named(Work work, CustomerCommand.Who who) {
        if (work.around.isAmbiguous(who)) {
            return Step.refused(Refusal.AMBIGUOUS);
        }
        return work.around.find(who).map(other -> other.id().equals(work.id()) ? Step.DONE
                : ordered(work, other.id(), (self, _) -> self)).orElse(Step.refused(Refusal.UNKNOWN_CUSTOMER));
    }

    private static void merge(Work work, Customer survivor, Customer loser, MergeReason reason) {
        var before = new Effect.Merged.Before(survivor, work.around.mergedInto(survivor.id()), loser,
                work.around.mergedInto(loser.id()));
        work.around.merge(loser.id(), survivor.id());
        work.concerns(survivor.id());
        work.effects.add(new Effect.Merged(survivor.id(), loser.id(), reason, before));
        work.around.save(survivor.with(life(survivor, loser)));
        work.saveProfile(work.customer(), survivor.profile().filledFrom(loser.profile()));
        for (ContactType type : ContactType.values()) {
            contacts(work, type, loser);
        }
        loser.contacts().access().forEach(work::grantAccess);
        loser.optIns().forEach((brand, status) -> {
            if (survivor.optIn(brand).isEmpty() || rank(status) > rank(survivor.optIns().get(brand))) {
                FormSteps.saveOptIn(work, brand, status);
            }
        });
        trees(work, survivor, loser);
        challenges(work, loser.id());
    }

    private static Customer.Life life(Customer survivor, Customer loser) {
        Instant created = survivor.life().createdAt().isBefore(loser.life().createdAt())
                ? survivor.life().createdAt() : loser.life().createdAt();
        return new Customer.Life(created, survivor.life().lastActionAt(),
                survivor.life().hasAssets() || loser.life().hasAssets()).actedAt(loser.life().lastActionAt());
    }

    /**
     * The survivor's contacts stay, empty slots are filled from the other, and the rest is in the history; but a
     * contact that lets the loser into an account is not overwritten (CU14).
     */
    private static void contacts(Work work, ContactType type, Customer loser) {
        Customer survivor = work.customer();
        Slots own = survivor.contacts().of(type);
        Slots others = loser.contacts().of(type);
        boolean givesWay = loser.contacts().grants(type) && !survivor.contacts().grants(type);
        Slots after = givesWay ? ContactRules.unite(others, own) : ContactRules.unite(own, others);
        after.asPrimary().filter(primary -> !own.asPrimary().equals(after.asPrimary())).ifPresent(primary ->
                work.saveSlots(survivor, new Work.Contact(type, primary.value()), Slots.of(after.asPrimary(),
                        own.claim().filter(value -> !value.equals(primary.value()))),
                        ContactChange.MERGED, Optional.of(loser.id())));
        if (!after.equals(work.customer().contacts().of(type))) {
            work.saveSlots(work.customer(), new Work.Contact(type, after.claim().or(own::claim).orElseThrow()), after,
                    ContactChange.MERGED, Optional.of(loser.id()));
        }
    }

    private static int rank(OptInStatus status) {
        return switch (status) {
            case ACCEPTED -> 2;
            case PENDING -> 1;
            case REJECTED -> 0;
        };
    }

    private static void trees(Work work, Customer survivor, Customer loser) {
        for (BrandId brand : loser.trees().keySet()) {
            SubscriptionTree before = survivor.tree(brand);
            SubscriptionTree after = SubscriptionMerge.merge(before, loser.tree(brand));
            if (!after.equals(before)) {
                work.around.save(work.customer().with(brand, after));
                work.effects.add(Effect.SubscriptionChanged.between(survivor, brand,
                        new Effect.SubscriptionChanged.Trees(before, after, work.policy.brand(brand).topics()),
                        Action.NONE, true));
            }
        }
    }

    /** Challenges of the loser go on at the survivor when it holds the address and has none of its own. */
    private static void challenges(Work work, UUID loser) {
        for (Challenge challenge : work.around.challengesOf(loser)) {
            var key = challenge.key().of(work.id());
            boolean open = challenge.state() == Challenge.State.OPEN;
            boolean goesOn = work.customer().contacts().of(key.type()).holds(key.value())
                    && work.around.challenges(key).stream().noneMatch(own -> own.state() == Challenge.State.OPEN);
            Challenge moved = challenge.with(key).with(open && !goesOn ? Challenge.State.VOID : challenge.state());
            work.around.save(moved);
            if (open) {
                work.effects.add(goesOn ? new Effect.ChallengeChanged(work.id(), moved)
                        : new Effect.ChallengeClosed(work.id(), moved));
            }
        }
    }
}
