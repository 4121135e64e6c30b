package io.countersign.domain.customer;

import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.contact.Validity.Contact;
import io.countersign.domain.contact.ValidityRules;
import io.countersign.domain.customer.CustomerRules.Step;

/** What deliveries, or somebody who knows better, tell about a contact that the customer holds. */
final class ValiditySteps {
    private ValiditySteps() {}

    static Step report(Work work, Change.ReportDelivery report) {
        var contact = new Contact(report.type(), report.value());
        Step step = save(work, contact,
                ValidityRules.report(work.around.validity(contact), report.report(), work.now));
        if (report.report() == DeliveryReport.NO_SUCH_ADDRESS && isHeld(work, contact)) {
            work.effects.add(new Effect.HardBounced(work.id(), contact));
        }
        return step;
    }

    static Step sign(Work work, Change.SignOfLife sign) {
        var contact = new Contact(sign.type(), sign.value());
        return ValidityRules.countsAsReached(sign.sentAt(), work.now)
                ? save(work, contact, ValidityRules.restore(work.around.validity(contact))) : Step.DONE;
    }

    static Step restore(Work work, Change.RestoreContact restore) {
        var contact = new Contact(restore.type(), restore.value());
        return save(work, contact, ValidityRules.restore(work.around.validity(contact)));
    }

    /** Counting alone tells nobody anything: only what becomes invalid or valid is an effect. */
    private static Step save(Work work, Contact contact, Validity after) {
        Validity before = work.around.validity(contact);
        if (after.equals(before) || !isHeld(work, contact)) {
            return Step.DONE;
        }
        work.around.save(after);
        if (!after.invalid(work.now).equals(before.invalid(work.now))) {
            work.effects.add(new Effect.ValidityChanged(work.id(), contact, before.invalid(work.now),
                    after.invalid(work.now)));
        }
        return Step.DONE;
    }

    private static boolean isHeld(Work work, Contact contact) {
        return work.customer().contacts().of(contact.type()).holds(contact.value());
    }
}
