package io.countersign.server.eligibility;

import io.countersign.domain.contact.Verification;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A contact point and who holds it. */
public record HeldContact(long id, UUID customer, boolean primary, Verification verification,
                          Optional<Instant> verifiedAt, boolean valid) {}
