package io.countersign.domain.customer;

import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactRules;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect.ContactChange;
import java.util.Optional;

/** Contacts coming in, being proven, cleared: the tables of {@link ContactRules} among several customers. */
final class ContactSteps {
    private ContactSteps() {}

    static Step fill(Work work, Change.FillContact fill) {
        Customer self = work.customer();
        Slots before = self.contacts().of(fill.type());
        Slots after = ContactRules.fill(before, fill.value(), route(work, fill.route()));
        Optional<Customer> rival = rival(work, fill.type(), fill.value());
        if (rival.isEmpty() || !after.holdsPrimary(fill.value())) {
            work.saveSlots(self, fill.type(), fill.value(), after, label(before, after, fill.value()));
            return Step.DONE;
        }
        return dispute(work, fill, rival.get(), after);
    }

    /** T3: what counts is whether this command makes the customer, whatever its door expected. */
    private static ContactRoute route(Work work, ContactRoute asked) {
        return asked == ContactRoute.MANUAL_NEW && !CustomerRules.isNew(work) ? ContactRoute.MANUAL : asked;
    }

    /** Somebody else holds the value as primary (CU1, CU7, CU8, CU10). */
    private static Step dispute(Work work, Change.FillContact fill, Customer rival, Slots won) {
        Customer self = work.customer();
        Slots before = self.contacts().of(fill.type());
        boolean kept = work.policy.verified().contains(fill.type());
        if (DisputeRules.claimantWins(self, rival, fill.type())) {
            Slots lost = rival.contacts().of(fill.type());
            work.saveSlots(rival, fill.type(), fill.value(), kept ? ContactRules.demote(lost)
                    : ContactRules.giveUp(lost), kept ? ContactChange.DEMOTED : ContactChange.TRANSFERRED);
            work.saveSlots(self, fill.type(), fill.value(), won, label(before, won, fill.value()));
            return Step.DONE;
        }
        if (!kept) {
            return Step.refused(Refusal.CONTACT_TAKEN);
        }
        Slots claim = ContactRules.claim(before, fill.value());
        work.saveSlots(self, fill.type(), fill.value(), claim, ContactChange.CLAIMED);
        return Step.DONE;
    }

    static Step clear(Work work, ContactType type) {
        Customer self = work.customer();
        String value = self.contacts().of(type).asPrimary().map(Slots.Primary::value)
                .or(() -> self.contacts().of(type).claim()).orElse("");
        work.saveSlots(self, type, value, Slots.EMPTY, ContactChange.CLEARED);
        return Step.DONE;
    }

    static Step unverify(Work work, ContactType type) {
        Customer self = work.customer();
        Slots before = self.contacts().of(type);
        before.asPrimary().ifPresent(primary -> work.saveSlots(self, type, primary.value(),
                ContactRules.unverify(before), ContactChange.UNVERIFIED));
        return Step.DONE;
    }

    /** A proof: it demotes whoever holds the value unproven, and merges with whoever has proven it (CU2, CU4). */
    static Step confirm(Work work, Change.ConfirmContact proof) {
        Customer self = work.customer();
        Slots before = self.contacts().of(proof.type());
        if (!before.holds(proof.value())) {
            return Step.DONE; // CF11
        }
        Optional<Customer> rival = rival(work, proof.type(), proof.value());
        if (rival.isPresent() && rival.get().contacts().of(proof.type()).isConfirmed()) {
            return MergeSteps.bothConfirmed(work, proof, rival.get());
        }
        rival.ifPresent(other -> work.saveSlots(other, proof.type(), proof.value(),
                ContactRules.demote(other.contacts().of(proof.type())), ContactChange.DEMOTED));
        prove(work, proof, ConfirmationKind.of(before, proof.value()));
        return Step.DONE;
    }

    static void prove(Work work, Change.ConfirmContact proof, ConfirmationKind kind) {
        Customer self = work.customer();
        Slots after = ContactRules.confirm(self.contacts().of(proof.type()), proof.value(), proof.at());
        work.saveSlots(self, proof.type(), proof.value(), after, ContactChange.CONFIRMED);
        work.effects.add(new Effect.ContactConfirmed(self.id(), proof.type(), proof.value(), kind));
    }

    private static Optional<Customer> rival(Work work, ContactType type, String value) {
        return work.around.holder(type, value).filter(other -> !other.id().equals(work.id()));
    }

    private static ContactChange label(Slots before, Slots after, String value) {
        if (before.holdsPrimary(value)) {
            return ContactChange.ASKED_FOR_PROOF;
        }
        if (!after.holdsPrimary(value)) {
            return ContactChange.CHANGE_REQUESTED;
        }
        return before.asPrimary().isEmpty() ? ContactChange.FILLED : ContactChange.EDITED;
    }

    static boolean isProven(Customer customer) {
        return customer.contacts().email().isConfirmed() || customer.contacts().mobile().isConfirmed();
    }

    static Optional<Proof> proof(Customer customer, ContactType type) {
        return customer.contacts().of(type).asPrimary().map(Slots.Primary::proof);
    }
}
