package io.countersign.server.activity;

import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.util.List;

/** {@code /v1/messages/{id}}: what became of one message. */
final class MessageReportRoutes {
    private final Database database;

    private MessageReportRoutes(Database database) {
        this.database = database;
    }

    static Route route(Database database, Guard guard) {
        return Route.get("/v1/messages/{id}", "key or operator", "What became of a message, and why",
                guard.callers(new MessageReportRoutes(database)::show));
    }

    private Reply show(Request request, Caller caller) {
        Query.of(request, List.of());
        return Ids.parse("msg", request.pathParam("id")).flatMap(message -> database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            return MessageReportStore.find(tx, caller.project(), message);
        })).map(Reply::json).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such message."));
    }
}
