package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.Customer;
import java.time.Instant;
import java.util.UUID;

/**
 * A stored contact point.
 *
 * @param proof null for a non-primary contact
 */
public record ContactRow(long id, UUID customer, ContactType type, String value, Proof proof, boolean access,
                         Instant createdAt) {
    public boolean isPrimary() {
        return proof != null;
    }

    /** The same contact as its customer holds it now; null when it is not held. */
    ContactRow in(Customer.Contacts contacts) {
        Slots slots = contacts.of(type);
        boolean granted = contacts.access().contains(type);
        if (slots.holdsPrimary(value)) {
            return with(slots.asPrimary().orElseThrow().proof(), granted);
        }
        return slots.claim().filter(value::equals).isPresent() ? with(null, granted) : null;
    }

    private ContactRow with(Proof other, boolean granted) {
        return new ContactRow(id, customer, type, value, other, granted, createdAt);
    }

    ContactRow of(UUID owner) {
        return new ContactRow(id, owner, type, value, proof, access, createdAt);
    }
}
