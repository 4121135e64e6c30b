package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.contact.TypedContact;
import java.util.UUID;

/** Whom a question about eligibility names. */
public sealed interface Whom {
    /** The type of the contact that is meant. */
    ContactType type();

    /** Whoever holds this contact. */
    record OfContact(TypedContact contact) implements Whom {
        @Override
        public ContactType type() {
            return contact.type();
        }
    }

    /** A customer, by the contact that messages go to. */
    record OfCustomer(UUID customer, ContactType type) implements Whom {}
}
