package io.countersign.server.customer;

import io.countersign.domain.customer.CustomerCommand;
import io.countersign.server.consent.ConsentDraft;
import java.util.Optional;
import java.util.UUID;

/**
 * A command with the evidence behind it.
 *
 * @param language in which the person is written to about it
 * @param once     the id of a transaction that is carried out once at most in its project: a repeat is refused with
 *                 {@code ALREADY_PROCESSED}, a refused one may be repeated
 */
public record Submission(CustomerCommand command, Optional<ConsentDraft> consent, Optional<String> language,
                         Optional<UUID> once) {
    public Submission(CustomerCommand command, Optional<ConsentDraft> consent, Optional<String> language) {
        this(command, consent, language, Optional.empty());
    }

    /** The same, at most once. */
    public Submission once(Optional<UUID> transaction) {
        return new Submission(command, consent, language, transaction);
    }

    public static Submission of(CustomerCommand command) {
        return new Submission(command, Optional.empty(), Optional.empty());
    }
}
