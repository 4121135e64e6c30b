package io.countersign.server.customer;

import io.countersign.domain.customer.CustomerCommand;
import io.countersign.server.consent.ConsentDraft;
import java.util.Optional;

/**
 * A command with the evidence behind it.
 *
 * @param language in which the person is written to about it
 */
public record Submission(CustomerCommand command, Optional<ConsentDraft> consent, Optional<String> language) {
    public static Submission of(CustomerCommand command) {
        return new Submission(command, Optional.empty(), Optional.empty());
    }
}
