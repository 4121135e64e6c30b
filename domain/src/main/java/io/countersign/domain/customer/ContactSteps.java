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

    static Step fill(Work work, Change.FillContact asked) {
        ContactRoute route = route(work, asked.route());
        var fill = new Change.FillContact(asked.type(), asked.value(), route,
                asked.access() && route != ContactRoute.CREATE_AND_SUBSCRIBE); // which ignores the integration's flags
        work.disputes.remove(fill.type());
        Optional<Customer> rival = rival(work, fill.type(), fill.value());
        return rival.isPresent() && work.isCard()
                ? DeduplicationSteps.postpone(work, fill, rival.get()) : settle(work, fill);
    }

    /** T3: what counts is whether this command makes the customer, whatever its door expected. */
    private static ContactRoute route(Work work, ContactRoute asked) {
        return asked == ContactRoute.MANUAL_NEW && !CustomerRules.isNew(work) ? ContactRoute.MANUAL : asked;
    }

    /** Fills the slots, after a dispute with whoever holds the value as primary. */
    static Step settle(Work work, Change.FillContact fill) {
        Customer self = work.customer();
        Slots before = self.contacts().of(fill.type());
        Slots after = ContactRules.fill(before, fill.value(), fill.route());
        Optional<Customer> rival = rival(work, fill.type(), fill.value());
        if (rival.isPresent() && after.holdsPrimary(fill.value())) {
            Step step = dispute(work, fill, rival.get(), after);
            if (step.refusal() != null) {
                return step;
            }
        } else {
            work.saveSlots(self, fill.type(), fill.value(), after, label(before, after, fill.value()));
        }
        if (fill.access() && work.customer().contacts().of(fill.type()).holds(fill.value())) {
            work.grantAccess(fill.type());
        }
        return Step.DONE;
    }

    /** Somebody else holds the value as primary (CU1, CU7, CU8, CU10); an operator is told so instead (T3). */
    private static Step dispute(Work work, Change.FillContact fill, Customer rival, Slots won) {
        Customer self = work.customer();
        var contact = new Work.Contact(fill.type(), fill.value());
        Slots before = self.contacts().of(fill.type());
        boolean kept = work.policy.verified().contains(fill.type());
        if (DisputeRules.claimantWins(self, rival, fill.type())) {
            Slots lost = rival.contacts().of(fill.type());
            work.saveSlots(rival, contact, kept ? ContactRules.demote(lost) : ContactRules.giveUp(lost),
                    kept ? ContactChange.DEMOTED : ContactChange.TRANSFERRED, Optional.of(self.id()));
            work.saveSlots(self, contact, won, kept ? label(before, won, fill.value()) : ContactChange.RECEIVED,
                    Optional.of(rival.id()));
        } else if (kept) {
            Slots claim = ContactRules.claim(before, fill.value());
            if (!claim.equals(before)) {
                work.saveSlots(self, contact, claim, ContactChange.CLAIMED, Optional.of(rival.id()));
            }
        } else if (isByHand(fill.route())) {
            return Step.refused(Refusal.CONTACT_TAKEN);
        } else {
            work.saveSlots(self, contact, before, ContactChange.TRANSFERRED, Optional.of(rival.id()));
            work.saveSlots(rival, contact, rival.contacts().of(fill.type()), ContactChange.RECEIVED,
                    Optional.of(self.id()));
        }
        return Step.DONE;
    }

    private static boolean isByHand(ContactRoute route) {
        return switch (route) {
            case MANUAL, MANUAL_NEW -> true;
            case VERIFYING, NOT_VERIFYING, CREATE_AND_SUBSCRIBE -> false;
        };
    }

    static Step clear(Work work, ContactType type) {
        work.disputes.remove(type);
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
        Change.FillContact dispute = work.disputes.remove(proof.type());
        if (dispute != null) {
            settle(work, dispute);
        }
        Customer self = work.customer();
        Slots before = self.contacts().of(proof.type());
        if (!before.holds(proof.value())) {
            return Step.DONE; // CF11
        }
        Optional<Customer> rival = rival(work, proof.type(), proof.value());
        if (rival.isPresent() && rival.get().contacts().of(proof.type()).isConfirmed()) {
            return MergeSteps.bothConfirmed(work, proof, rival.get());
        }
        rival.ifPresent(other -> work.saveSlots(other, new Work.Contact(proof.type(), proof.value()),
                ContactRules.demote(other.contacts().of(proof.type())), ContactChange.DEMOTED,
                Optional.of(self.id())));
        prove(work, proof, ConfirmationKind.of(before, proof.value()));
        return Step.DONE;
    }

    static void prove(Work work, Change.ConfirmContact proof, ConfirmationKind kind) {
        Customer self = work.customer();
        Slots after = ContactRules.confirm(self.contacts().of(proof.type()), proof.value(), proof.at());
        work.saveSlots(self, proof.type(), proof.value(), after, ContactChange.CONFIRMED);
        work.effects.add(new Effect.ContactConfirmed(self.id(), proof.type(), proof.value(), kind));
    }

    static Optional<Customer> rival(Work work, ContactType type, String value) {
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
