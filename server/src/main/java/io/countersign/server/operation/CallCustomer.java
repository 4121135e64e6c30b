package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.Node;
import io.countersign.server.operation.Outcome.Invalid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a call says of a customer, normalised; what was wrong is left out and told apart.
 *
 * @param ids      by which the customer is named
 * @param contacts what was said of contacts; an empty text clears
 * @param names    first and last name; an empty text clears
 * @param fields   all other fields, by the name under which they are kept; an empty text clears
 * @param invalid  what was wrong
 */
record CallCustomer(CallIds ids, Map<ContactType, String> contacts, Names names, Map<String, Object> fields,
                    List<Wanted> subscriptions, List<Invalid> invalid) {
    CallCustomer {
        invalid = List.copyOf(invalid);
    }

    /**
     * The ids of a customer.
     *
     * @param own      our own id, {@code mindboxId} in the dialect
     * @param external the callers' ids, by name
     */
    record CallIds(Optional<UUID> own, Map<String, String> external) {
        static final CallIds NONE = new CallIds(Optional.empty(), Map.of());

        boolean isEmpty() {
            return own.isEmpty() && external.isEmpty();
        }
    }

    record Names(Optional<String> first, Optional<String> last) {}

    /**
     * A subscription that is asked for.
     *
     * @param subscribed what it is to be; empty when nothing was said, which means a subscribe
     * @param byDefault  what it is to be where there is no data yet
     * @param location   where it stood
     */
    record Wanted(BrandId brand, Node node, Optional<Boolean> subscribed, Optional<Boolean> byDefault,
                  String location) {}

    /** A value that can be used; not one that clears. */
    Optional<String> contact(ContactType type) {
        return Optional.ofNullable(contacts.get(type)).filter(value -> !value.isEmpty());
    }
}
