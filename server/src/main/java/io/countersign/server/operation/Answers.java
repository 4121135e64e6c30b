package io.countersign.server.operation;

import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect;
import io.countersign.server.operation.CallMeta.Credential;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** From the door's decisions to the dialect's answers. */
final class Answers {
    private Answers() {}

    /** What became of the customer; a page of a site is told nothing, so that it is no way to ask who exists. */
    static Outcome customer(OperationCall call, Decision decision) {
        if (call.meta().credential() == Credential.SITE) {
            return Outcome.success();
        }
        ObjectNode answer = Json.object();
        answer.set("customer", customer(status(decision), decision.customer()));
        return Outcome.success(answer);
    }

    static ObjectNode customer(String status, Optional<UUID> id) {
        ObjectNode customer = Json.object().put("processingStatus", status);
        id.ifPresent(known -> customer.putObject("ids").put(CustomerReader.OWN_ID, Ids.show("cus", known)));
        return customer;
    }

    private static String status(Decision decision) {
        if (decision.customer().isEmpty()) {
            return "NotFound";
        }
        if (has(decision, Effect.Merged.class)) {
            return "Merged";
        }
        if (has(decision, Effect.Created.class)) {
            return "Created";
        }
        return decision.effects().isEmpty() ? "Found" : "Changed";
    }

    private static boolean has(Decision decision, Class<? extends Effect> kind) {
        return decision.effects().stream().anyMatch(kind::isInstance);
    }

    /** A refusal that leaves nothing else to answer; what a refusal means to a step may be said before. */
    static Outcome refused(Refusal refusal) {
        return switch (refusal) {
            case ALREADY_PROCESSED -> Outcome.alreadyProcessed();
            case UNKNOWN_CUSTOMER -> Outcome.invalid(Invalid.at("/customer", "There is no such customer."));
            case AMBIGUOUS -> Outcome.invalid(Invalid.call("The ids are of different customers."));
            case EXTERNAL_ID_TAKEN -> Outcome.invalid(Invalid.at("/customer/ids",
                    "Another customer has this id."));
            case CONTACT_REGISTERED -> Outcome.invalid(Invalid.at("/customer",
                    "A customer is registered with this contact already."));
            case CONTACT_TAKEN -> Outcome.invalid(Invalid.at("/customer", "Another customer has this contact."));
            case TOO_MANY_FIELDS -> Outcome.invalid(Invalid.at("/customer",
                    "A customer may not have so many fields or ids."));
            case INSTRUCTION_NOT_ACCEPTED -> Outcome.invalid(Invalid.at("/customer/subscriptions",
                    "This operation does not accept an unsubscribe."));
            case MERGE_BARRED -> Outcome.invalid(Invalid.call("These customers may not be merged."));
            case NO_IDENTIFIER -> Outcome.invalid(noIdentifier());
            case UNKNOWN_CHALLENGE -> Outcome.invalid(Invalid.call("There is no such code."));
        };
    }

    static Invalid noIdentifier() {
        return Invalid.at("/customer", "An id, an email or a phone is needed.");
    }
}
