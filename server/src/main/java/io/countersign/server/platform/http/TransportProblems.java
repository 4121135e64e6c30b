package io.countersign.server.platform.http;

import io.countersign.server.platform.http.GuardedConnections.Guarded;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Answers in our shape to what the toolkit refuses before a route is asked. */
final class TransportProblems {

    private TransportProblems() {
    }

    static DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            // The message of the toolkit is not shown: it may repeat what the client sent.
            builder.addHandler(type, (_, _, status, _, _) -> answer(problem(status)));
        }
        return builder.build();
    }

    private static DirectHandler.TransportResponse answer(ProblemException problem) {
        Reply reply = problem.toReply();
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(reply.status()))
                .header(HeaderNames.CONTENT_TYPE, reply.contentType().orElseThrow())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .keepAlive(false)
                .entity(reply.body())
                .build();
    }

    private static ProblemException problem(Status status) {
        return switch (status.code()) {
            case 413 -> new ProblemException(Problem.BODY_TOO_LARGE, "The body is too large.");
            case 414 -> new ProblemException(Problem.REQUEST_LINE_TOO_LONG, "The request line is too long.");
            case 503 -> new ProblemException(Problem.BUSY, "Too many requests at one time.");
            default -> beforeRouting(status);
        };
    }

    private static ProblemException beforeRouting(Status status) {
        Wire wire = Guarded.CURRENT.get().wire();
        // The toolkit has no status of its own for headers beyond its limit.
        if (wire.headTooLarge()) {
            return new ProblemException(Problem.HEADERS_TOO_LARGE, "The headers are too large.");
        }
        // Some rubbish in the first line makes its parser fail: that is not a fault of ours to be logged each
        // time.
        if (status.code() >= 500 && !wire.inHead()) {
            return new ProblemException(Problem.INTERNAL, "Something went wrong on our side.");
        }
        return new ProblemException(Problem.MALFORMED_REQUEST, "The request is not well-formed HTTP.");
    }
}
