package io.countersign.server.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.server.contact.TypedContact;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A contact point and who holds it.
 *
 * @param id 0 where it is not known any more, of a moment long past
 */
public record HeldContact(long id, UUID customer, TypedContact contact, boolean primary, Verification verification,
                          Optional<Instant> verifiedAt, boolean valid) {}
