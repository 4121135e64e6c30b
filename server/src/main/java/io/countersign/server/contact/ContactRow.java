package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import java.time.Instant;
import java.util.UUID;

/**
 * A stored contact point.
 *
 * @param proof null for a non-primary contact
 */
public record ContactRow(long id, UUID customer, ContactType type, String value, Proof proof, boolean access,
                         Instant createdAt) {
    boolean isPrimary() {
        return proof != null;
    }

    /** The same contact as a customer's slots show it now; null when they do not hold it. */
    ContactRow in(Slots slots) {
        if (slots.holdsPrimary(value)) {
            return with(slots.asPrimary().orElseThrow().proof());
        }
        return slots.claim().filter(value::equals).isPresent() ? with(null) : null;
    }

    private ContactRow with(Proof other) {
        return new ContactRow(id, customer, type, value, other, access, createdAt);
    }

    ContactRow of(UUID owner) {
        return new ContactRow(id, owner, type, value, proof, access, createdAt);
    }
}
