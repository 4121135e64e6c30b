package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a card that was just made is the same person as somebody who holds one of its contacts (CU9). */
public final class DeduplicationRules {
    private DeduplicationRules() {}

    /** What is known of the two, the first that applies. */
    public enum Verdict {
        /** A claim that awaits its proof is no reason to touch a confirmed contact (CU10). */
        CLAIM_ON_CONFIRMED,
        /** Their account access is of different kinds (CU6). */
        ACCESS_DIFFERS,
        /** Both have contacts of one type, and none in common. */
        CONTACTS_DIFFER,
        /** Both have an external id of one name, and none in common. */
        IDS_DIFFER,
        /** A contact in common and no contradiction. */
        SAME_PERSON
    }

    /**
     * Compares a new card, with the contact of {@code type} that it brought, and that contact's primary holder.
     *
     * @param route how the contact came
     */
    public static Verdict decide(Customer card, Customer holder, ContactType type, ContactRoute route) {
        if (awaitsProof(route) && holder.contacts().of(type).isConfirmed()) {
            return Verdict.CLAIM_ON_CONFIRMED;
        }
        if (!DisputeRules.mayMerge(card, holder)) {
            return Verdict.ACCESS_DIFFERS;
        }
        if (Stream.of(ContactType.values()).anyMatch(each ->
                differ(values(card.contacts().of(each)), values(holder.contacts().of(each))))) {
            return Verdict.CONTACTS_DIFFER;
        }
        var ids = holder.profile().externalIds();
        boolean sameIds = card.profile().externalIds().entrySet().stream()
                .noneMatch(id -> differ(Set.copyOf(id.getValue()), Set.copyOf(ids.getOrDefault(id.getKey(),
                        List.of()))));
        return sameIds ? Verdict.SAME_PERSON : Verdict.IDS_DIFFER;
    }

    private static boolean awaitsProof(ContactRoute route) {
        return switch (route) {
            case VERIFYING, MANUAL_NEW -> true;
            case NOT_VERIFYING, CREATE_AND_SUBSCRIBE, MANUAL -> false;
        };
    }

    private static boolean differ(Set<String> one, Set<String> other) {
        return !one.isEmpty() && !other.isEmpty() && Collections.disjoint(one, other);
    }

    private static Set<String> values(Slots slots) {
        return Stream.concat(slots.asPrimary().map(Slots.Primary::value).stream(), slots.claim().stream())
                .collect(Collectors.toSet());
    }
}
