package io.countersign.server.customer;

import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;

/** What the door's refusals are to callers of {@code /v1}. */
final class Refusals {
    private Refusals() {}

    static ProblemException problem(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_CUSTOMER -> unknownCustomer();
            case AMBIGUOUS -> new ProblemException(Problem.CONFLICT, "These ids are of different customers.",
                    "external_ids");
            case TOO_MANY_FIELDS -> new ProblemException(Problem.INVALID_VALUE,
                    "A customer may not have so many fields or external ids.", "fields");
            case CONTACT_TAKEN -> new ProblemException(Problem.CONTACT_TAKEN,
                    "Another customer has this contact and keeps it.", "contacts");
            case EXTERNAL_ID_TAKEN -> new ProblemException(Problem.EXTERNAL_ID_TAKEN,
                    "Another customer has this external id.", "external_ids");
            case INSTRUCTION_NOT_ACCEPTED -> new ProblemException(Problem.INSTRUCTION_NOT_ACCEPTED,
                    "A subscription cannot be changed so by hand.", "subscriptions");
            case MERGE_BARRED -> new ProblemException(Problem.MERGE_BARRED,
                    "These customers may not be merged.");
            case NO_IDENTIFIER -> new ProblemException(Problem.NO_IDENTIFIER,
                    "Give at least an email, a mobile or an external id.");
            case CONTACT_REGISTERED -> new ProblemException(Problem.CONTACT_TAKEN,
                    "Another customer enters an account with this contact.", "contacts");
            case ALREADY_PROCESSED ->
                    new ProblemException(Problem.CONFLICT, "This transaction was carried out before.");
            case UNKNOWN_CHALLENGE ->
                    new ProblemException(Problem.CONFLICT, "There is no request to ask again.");
        };
    }

    static ProblemException unknownContact() {
        return new ProblemException(Problem.NOT_FOUND, "The customer has no such contact.", "contact");
    }

    static ProblemException unknownCustomer() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such customer.", "id");
    }
}
