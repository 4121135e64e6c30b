package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactType;
import java.util.Comparator;
import java.util.function.Predicate;

/** Who has the better right to a contact, and who survives a merge (CU7). */
public final class DisputeRules {
    private DisputeRules() {}

    /**
     * Whether somebody who brings a value takes it from its primary holder. A contact that is confirmed or lets its
     * holder into an account is never taken (CU10, CU14); on a tie the holder keeps it, for T1 makes a value that is
     * somebody's primary a claim. Criteria 1 and 2 speak of this contact, so they can only speak for the holder: what
     * the claimant has proven is another value.
     */
    public static boolean claimantWins(Customer claimant, Customer holder, ContactType type) {
        return !holder.contacts().grants(type) && !holder.contacts().of(type).isConfirmed()
                && standing().compare(claimant, holder) > 0;
    }

    /** The one of two whose profile has priority: the survivor of a merge over this contact type. */
    public static Customer priority(Customer one, Customer other, ContactType type) {
        Comparator<Customer> order = by(customer -> customer.contacts().grants(type))
                .thenComparing(by(customer -> customer.contacts().of(type).isConfirmed()))
                .thenComparing(standing())
                .thenComparing(customer -> customer.life().lastActionAt())
                .thenComparing(customer -> customer.life().createdAt(), Comparator.reverseOrder())
                .thenComparing(Customer::id, Comparator.reverseOrder());
        return order.compare(one, other) >= 0 ? one : other;
    }

    /** Criteria 3 to 5; greater has the better right. */
    private static Comparator<Customer> standing() {
        return by(customer -> customer.contacts().grantsAny())
                .thenComparing(by(customer -> customer.life().hasAssets()))
                .thenComparing(by(ContactSteps::isProven));
    }

    private static Comparator<Customer> by(Predicate<Customer> criterion) {
        return Comparator.comparing(criterion::test);
    }

    /** CU6: profiles whose account-access contacts are of different kinds never merge. */
    public static boolean mayMerge(Customer one, Customer other) {
        var first = one.contacts().access();
        var second = other.contacts().access();
        return first.isEmpty() || second.isEmpty() || first.equals(second);
    }
}
