package io.countersign.server.operation;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.operation.CallStore.Entry;
import io.countersign.server.operation.CallStore.Filter;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Integration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/operation-calls}: what became of calls. An integration sees its own. */
final class CallRoutes {
    private static final String CALLERS = "key or operator";
    private static final String PREFIX = "opc";
    private static final int REACH = 10_000;
    private static final List<String> PARAMETERS = Stream.concat(Paging.PARAMETERS.stream(),
            Stream.of("integration", "operation", "state", "status", "transaction")).toList();

    private final Database database;
    private final Catalogs catalogs;

    private CallRoutes(Database database, Catalogs catalogs) {
        this.database = database;
        this.catalogs = catalogs;
    }

    static List<Route> routes(Database database, Catalogs catalogs, Guard guard) {
        var routes = new CallRoutes(database, catalogs);
        return List.of(
                Route.get("/v1/operation-calls", CALLERS, "The log of operation calls, the newest first",
                        guard.callers(routes::list)),
                Route.get("/v1/operation-calls/{id}", CALLERS, "What became of an operation call",
                        guard.callers(routes::show)));
    }

    private enum State { QUEUED, DONE, FAILED }

    private Reply list(Request request, Caller caller) {
        Query query = Query.of(request, PARAMETERS);
        Paging paging = Paging.of(query);
        Optional<UUID> before = paging.after().map(key -> Ids.parse(PREFIX, key).orElseThrow(Paging::invalid));
        Filter filter = filter(query, caller);
        var page = database.with(tx -> CallStore.page(tx, caller.project(), filter, before,
                new CallStore.Reach(paging.limit(), REACH)));
        ObjectNode answer = Json.object();
        var list = answer.putArray("operation_calls");
        page.entries().forEach(entry -> list.add(document(caller.project(), entry)));
        return Reply.json(answer.put("next", page.last().map(CallRoutes::show).map(Paging::cursor).orElse(null)));
    }

    private Filter filter(Query query, Caller caller) {
        Optional<IntegrationId> asked = query.text("integration").map(slug -> catalogs.current().integration(slug)
                .filter(integration -> integration.project().equals(caller.project())).map(Integration::id)
                .orElseThrow(() -> new ProblemException(Problem.INVALID_VALUE, "There is no such integration.",
                        "integration")));
        Optional<IntegrationId> seen = switch (caller) {
            case Caller.OfOperator _ -> asked;
            case Caller.OfIntegration own -> {
                asked.filter(id -> !id.equals(own.integration().id())).ifPresent(_ -> {
                    throw new ProblemException(Problem.FORBIDDEN, "An integration sees its own calls only.",
                            "integration");
                });
                yield Optional.of(own.integration().id());
            }
        };
        return new Filter(seen, query.text("operation"),
                query.word("state", State.class).map(state -> state.name().toLowerCase(Locale.ROOT)),
                query.text("status"), query.text("transaction").map(CallRoutes::transaction));
    }

    private static UUID transaction(String text) {
        return Transactions.parse(text).orElseThrow(() -> new ProblemException(Problem.INVALID_VALUE,
                "A transaction is a GUID like 3f2504e0-4f89-11d3-9a0c-0305e82c3301.", "transaction"));
    }

    private Reply show(Request request, Caller caller) {
        Query.none(request);
        Optional<Entry> entry = Ids.parse(PREFIX, request.pathParam("id"))
                .flatMap(id -> database.with(tx -> CallStore.find(tx, caller.project(), id)));
        return Reply.json(entry.filter(found -> mayBeSeen(found, caller))
                .map(found -> document(caller.project(), found))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND,
                        "There is no such call; the log is kept for 14 days.", "id")));
    }

    private static boolean mayBeSeen(Entry entry, Caller caller) {
        return switch (caller) {
            case Caller.OfOperator _ -> true;
            case Caller.OfIntegration own -> own.integration().id().equals(entry.origin().integration());
        };
    }

    /** The text form of a call's id. */
    static String show(UUID call) {
        return Ids.show(PREFIX, call);
    }

    private ObjectNode document(ProjectId project, Entry entry) {
        return Json.object().put("id", show(entry.id()))
                .put("integration", catalogs.current().integration(project, entry.origin().integration())
                        .map(Integration::slug).orElse(null))
                .put("operation", entry.origin().operation()).put("mode", entry.origin().mode())
                .put("transaction", entry.origin().transaction().map(UUID::toString).orElse(null))
                .put("state", entry.state()).put("status", entry.status().orElse(null))
                .put("message", entry.message().orElse(null)).put("attempts", entry.attempts())
                .put("received_at", entry.times().received().toString())
                .put("next_attempt_at", text(entry.times().due())).put("done_at", text(entry.times().done()));
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
