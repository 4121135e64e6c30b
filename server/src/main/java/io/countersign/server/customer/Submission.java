package io.countersign.server.customer;

import io.countersign.domain.customer.CustomerCommand;
import io.countersign.server.consent.ConsentDraft;
import java.util.Optional;

/** A command with the evidence behind it. */
public record Submission(CustomerCommand command, Optional<ConsentDraft> consent) {}
