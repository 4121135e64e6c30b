package io.countersign.server.feedback;

import io.countersign.domain.project.BrandId;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.link.LinkedMessage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Feedback whose customer is known.
 *
 * @param contact where the message went, or what was named
 * @param brands  that it concerns: the message's, or those that have written to the customer
 */
record Matched(Feedback feedback, UUID customer, TypedContact contact, List<BrandId> brands,
               Optional<LinkedMessage> message) {
    static Matched of(Feedback feedback, LinkedMessage message) {
        return new Matched(feedback, message.customer(), new TypedContact(message.type(), message.value()),
                List.of(message.brand()), Optional.of(message));
    }
}
