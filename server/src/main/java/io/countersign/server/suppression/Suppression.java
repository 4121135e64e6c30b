package io.countersign.server.suppression;

import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A reason never to send to a contact point, live until it is lifted. */
public record Suppression(UUID id, TypedContact contact, SuppressionReason reason, String actor,
                          Instant createdAt, Optional<Lifted> lifted) {
    /** When and by whom it was lifted. */
    public record Lifted(Instant at, String by) {}
}
