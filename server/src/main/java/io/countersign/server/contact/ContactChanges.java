package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.Customer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The difference between the contact points that are stored and those that the customers hold now. */
public final class ContactChanges {
    private final List<ContactRow> gone = new ArrayList<>();
    private final List<ContactRow> changed = new ArrayList<>();
    private final List<ContactRow> added = new ArrayList<>();
    private final Map<Held, ContactRow> now = new HashMap<>();

    private record Held(UUID customer, ContactType type, String value) {
        static Held of(ContactRow row) {
            return new Held(row.customer(), row.type(), row.value());
        }
    }

    private ContactChanges() {}

    /** @param survivors where the contacts of merged customers go, by the merged customer's id */
    public static ContactChanges between(Collection<ContactRow> stored, Collection<Customer> customers,
                                         Map<UUID, UUID> survivors, ContactIds ids, Instant at) {
        var changes = new ContactChanges();
        var held = new HashMap<UUID, Customer>();
        customers.forEach(customer -> held.put(customer.id(), customer));
        var moving = new HashMap<Held, ContactRow>();
        for (ContactRow row : stored) {
            changes.compare(row, held.get(row.customer()));
            UUID survivor = survivors.get(row.customer());
            if (survivor != null) {
                moving.putIfAbsent(Held.of(row.of(survivor)), row);
            }
        }
        customers.forEach(customer -> changes.add(customer, moving, ids, at));
        return changes;
    }

    private void compare(ContactRow row, Customer owner) {
        ContactRow after = owner == null ? null : row.in(owner.contacts());
        if (after == null) {
            gone.add(row);
            return;
        }
        now.put(Held.of(after), after);
        if (!after.equals(row)) {
            changed.add(after);
        }
    }

    private void add(Customer customer, Map<Held, ContactRow> moving, ContactIds ids, Instant at) {
        for (ContactType type : ContactType.values()) {
            Slots slots = customer.contacts().of(type);
            Stream.concat(slots.asPrimary().map(Slots.Primary::value).stream(), slots.claim().stream())
                    .map(value -> new Held(customer.id(), type, value)).filter(held -> !now.containsKey(held))
                    .forEach(held -> {
                        ContactRow known = moving.get(held);
                        ContactRow row = (known != null ? known.of(customer.id())
                                : new ContactRow(ids.next(), held.customer(), type, held.value(), null, false, at))
                                .in(customer.contacts());
                        now.put(held, row);
                        added.add(row);
                    });
        }
    }

    List<ContactRow> gone() {
        return gone;
    }

    List<ContactRow> changed() {
        return changed;
    }

    List<ContactRow> added() {
        return added;
    }

    /** The contact point's id of a value that this customer holds now; null when it is not held. */
    public Long idOf(UUID customer, ContactType type, String value) {
        ContactRow row = now.get(new Held(customer, type, value));
        return row == null ? null : row.id();
    }
}
