package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactRules;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.Refusal;
import java.util.List;

/**
 * Register, Create and subscribe: they always make a card (6.3). A contact of it that somebody holds waits until the
 * card is complete; then the card and the holder are one person, or they dispute about the contact.
 */
final class DeduplicationSteps {
    private DeduplicationSteps() {}

    /** A contact of the card that somebody holds; one that lets them into an account cannot be registered (CU14). */
    static Step postpone(Work work, Change.FillContact fill, Customer holder) {
        boolean registers = work.command.who() instanceof Who.Newcomer && registers(fill.route());
        if (registers && holder.contacts().grants(fill.type())) {
            return Step.refused(Refusal.CONTACT_REGISTERED);
        }
        work.disputes.put(fill.type(), fill);
        return Step.DONE;
    }

    /** A sign-up without an account may name anybody's contact. */
    private static boolean registers(ContactRoute route) {
        return switch (route) {
            case VERIFYING, NOT_VERIFYING -> true;
            case CREATE_AND_SUBSCRIBE, MANUAL_NEW, MANUAL -> false;
        };
    }

    /** Settles what was postponed, the email first. */
    static Step carryOut(Work work) {
        work.deduplicated();
        for (Change.FillContact fill : List.copyOf(work.disputes.values())) {
            ContactSteps.rival(work, fill.type(), fill.value()).ifPresent(holder -> compare(work, fill, holder));
            work.disputes.remove(fill.type());
            Step step = ContactSteps.settle(work, fill);
            if (step.refusal() != null) {
                return step;
            }
        }
        return Step.DONE;
    }

    private static void compare(Work work, Change.FillContact fill, Customer holder) {
        switch (DeduplicationRules.decide(complete(work), holder, fill.type(), fill.route())) {
            case SAME_PERSON -> MergeSteps.united(work, fill.type(), holder);
            case ACCESS_DIFFERS -> work.effects.add(new Effect.MergeBarred(work.id(), holder.id(), fill.type(),
                    fill.value()));
            case CLAIM_ON_CONFIRMED, CONTACTS_DIFFER, IDS_DIFFER -> { /* they dispute about the contact */ }
        }
    }

    /** The card with everything that it brought, also what is not settled yet. */
    private static Customer complete(Work work) {
        Customer card = work.customer();
        for (Change.FillContact fill : work.disputes.values()) {
            card = card.with(fill.type(), ContactRules.claim(card.contacts().of(fill.type()), fill.value()));
            card = fill.access() ? card.with(card.contacts().withAccess(fill.type())) : card;
        }
        return card;
    }
}
