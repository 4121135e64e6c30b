package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All that a neighbourhood knows, as one value, with what its lookups answer. */
record Snapshot(Map<UUID, Customer> customers, Map<UUID, UUID> merged, Map<UUID, Challenge> challenges,
                Map<List<Object>, UUID> found) {
    static Snapshot of(Neighbourhood around, Collection<String> values,
            Collection<List<String>> externalIds) {
        var found = new HashMap<List<Object>, UUID>();
        for (ContactType type : ContactType.values()) {
            values.forEach(value -> around.holder(type, value)
                    .ifPresent(holder -> found.put(List.of(type, value), holder.id())));
        }
        externalIds.forEach(id -> around.find(new CustomerCommand.Who.ByExternalId(id.getFirst(),
                id.getLast()))
                .ifPresent(holder -> found.put(List.of(id.getFirst(), id.getLast()), holder.id())));
        var customers = new HashMap<UUID, Customer>();
        around.customers().forEach(customer -> customers.put(customer.id(), customer));
        var challenges = new HashMap<UUID, Challenge>();
        around.challenges().forEach(challenge -> challenges.put(challenge.id(), challenge));
        return new Snapshot(customers, Map.copyOf(around.merged()), challenges, found);
    }

    /** The challenges that each customer is found with. */
    static Map<UUID, Set<UUID>> challengesOf(Neighbourhood around) {
        var lists = new HashMap<UUID, Set<UUID>>();
        around.customers().forEach(customer -> {
            var ids = new HashSet<UUID>();
            around.challengesOf(customer.id()).forEach(challenge -> ids.add(challenge.id()));
            lists.put(customer.id(), ids);
        });
        return lists;
    }
}
