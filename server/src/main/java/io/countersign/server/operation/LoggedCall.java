package io.countersign.server.operation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A call that was answered, as the log keeps it: what became of it, not what it said.
 *
 * @param status  the word at the top of its answer
 * @param message what was wrong, in one line
 */
record LoggedCall(UUID id, OperationCall call, String status, Optional<String> message, Instant doneAt) {
    /** The words of answers that are not 200. */
    static final String PROTOCOL_ERROR = "ProtocolError";
    static final String INTERNAL_ERROR = "InternalServerError";
    private static final int LONGEST = 300;

    /** What was wrong first, with where. */
    static Optional<String> message(Outcome outcome) {
        JsonNode first = outcome.answer().path("validationMessages").path(0);
        if (first.isMissingNode()) {
            return Optional.empty();
        }
        String location = first.path("location").asString("");
        return Optional.of(line((location.isEmpty() ? "" : location + ": ") + first.path("message").asString("")));
    }

    /** Fit for the log: one line, not too long. */
    static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.substring(0, Math.min(line.length(), LONGEST));
    }
}
