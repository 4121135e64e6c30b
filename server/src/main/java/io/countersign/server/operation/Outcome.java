package io.countersign.server.operation;

import io.countersign.server.platform.http.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call came to, before it is written as JSON or XML. All of these are answered 200 (AP6).
 *
 * @param answer what follows the status
 */
public record Outcome(Status status, ObjectNode answer) {
    /** The word at the top of an answer. */
    public enum Status {
        SUCCESS("Success"), VALIDATION_ERROR("ValidationError"),
        TRANSACTION_ALREADY_PROCESSED("TransactionAlreadyProcessed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** @param location a path like {@code /customer/email}; empty for the call as a whole */
    public record Invalid(String message, Optional<String> location) {
        static Invalid at(String location, String message) {
            return new Invalid(message, Optional.of(location));
        }

        static Invalid call(String message) {
            return new Invalid(message, Optional.empty());
        }
    }

    static Outcome success() {
        return new Outcome(Status.SUCCESS, Json.object());
    }

    static Outcome success(ObjectNode answer) {
        return new Outcome(Status.SUCCESS, answer);
    }

    static Outcome alreadyProcessed() {
        return new Outcome(Status.TRANSACTION_ALREADY_PROCESSED, Json.object());
    }

    static Outcome invalid(List<Invalid> messages) {
        ObjectNode answer = Json.object();
        var list = answer.putArray("validationMessages");
        messages.forEach(invalid -> {
            ObjectNode message = list.addObject().put("message", invalid.message());
            invalid.location().ifPresent(location -> message.put("location", location));
        });
        return new Outcome(Status.VALIDATION_ERROR, answer);
    }

    static Outcome invalid(Invalid message) {
        return invalid(List.of(message));
    }

    /** The whole answer. */
    ObjectNode toTree() {
        ObjectNode tree = Json.object().put("status", status.word());
        tree.setAll(answer);
        return tree;
    }
}
