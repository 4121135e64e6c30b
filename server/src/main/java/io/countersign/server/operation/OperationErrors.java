package io.countersign.server.operation;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The dialect's shape of what is not answered 200 (AP5, AP6), with our stable code added. */
public final class OperationErrors implements ErrorRenderer {
    private final Ids ids;

    public OperationErrors(Ids ids) {
        this.ids = ids;
    }

    @Override
    public Reply render(Request request, ProblemException problem) {
        int status = problem.problem().status();
        ObjectNode answer = Json.object();
        word(status).ifPresent(word -> answer.put("status", word));
        answer.put("errorMessage", problem.field().map(field -> field + ": ").orElse("") + problem.detail())
                .put("errorId", ids.next().toString()).put("httpStatusCode", status)
                .put("code", problem.problem().code());
        // Also where no route is: a page whose address has a typo should be able to tell.
        return WireFormat.ofAnswer(request).reply(status, answer).header("Access-Control-Allow-Origin", "*");
    }

    /** A wrong address and a gateway's answer have no word. */
    private static Optional<String> word(int status) {
        return switch (status) {
            case 404, 502, 504 -> Optional.empty();
            default -> Optional.of(status >= 500 ? "InternalServerError" : "ProtocolError");
        };
    }
}
