package io.countersign.server.feedback;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.feedback.Endpoint.Kind;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/feedback-endpoints}: the addresses that feedback is sent to; and what came back and belongs to nobody. */
final class EndpointRoutes {
    private static final String OPERATOR = "operator";
    private static final int LONGEST = 200;

    private final Endpoints endpoints;
    private final Database database;

    private EndpointRoutes(Endpoints endpoints, Database database) {
        this.endpoints = endpoints;
        this.database = database;
    }

    static List<Route> routes(Endpoints endpoints, Database database, Guard guard) {
        var routes = new EndpointRoutes(endpoints, database);
        return List.of(
                Route.get("/v1/feedback-endpoints", OPERATOR, "The addresses that feedback is sent to",
                        guard.operators(routes::list)),
                Route.post("/v1/feedback-endpoints", OPERATOR,
                        "Make an address for feedback; its secret is shown this once", guard.editors(routes::make)),
                Route.delete("/v1/feedback-endpoints/{id}", OPERATOR, "Revoke an address for feedback",
                        guard.editors(routes::revoke)),
                Route.get("/v1/unmatched-feedback", OPERATOR, "Feedback that belongs to nobody, the newest first",
                        guard.operators(routes::unmatched)));
    }

    private Reply list(Request request, OfOperator operator) {
        Paging page = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<Endpoint> found = endpoints.list(operator.project(), after(page, "fbe"), page.limit() + 1);
        return Reply.json(page.page("feedback_endpoints", found, EndpointRoutes::document,
                last -> Ids.show("fbe", last.id())));
    }

    private Reply unmatched(Request request, OfOperator operator) {
        Paging page = Paging.of(Query.of(request, Paging.PARAMETERS));
        Optional<UUID> before = after(page, "fbk");
        List<Unmatched> found = database.with(tx ->
                FeedbackStore.unmatched(tx, operator.project().value(), before, page.limit() + 1));
        return Reply.json(page.page("unmatched_feedback", found, EndpointRoutes::document,
                last -> Ids.show("fbk", last.id())));
    }

    private static Optional<UUID> after(Paging page, String prefix) {
        return page.after().map(text -> Ids.parse(prefix, text).orElseThrow(Paging::invalid));
    }

    private Reply make(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("kind", "name"));
        Kind kind = Query.word("kind", Kind.class, body.required("kind", LONGEST));
        var made = endpoints.make(operator.project(), kind, body.required("name", LONGEST),
                "operator:" + operator.email()).orElseThrow(() -> new ProblemException(Problem.CONFLICT,
                        "The project has " + Endpoints.MOST + " such addresses; revoke one first."));
        ObjectNode answer = document(made.endpoint())
                .put("path", "/feedback/" + Names.of(kind) + "/" + made.secret());
        made.key().ifPresent(key -> answer.put("signing_secret", key));
        return Reply.json(201, answer);
    }

    private Reply revoke(Request request, OfOperator operator) {
        Optional<UUID> id = Ids.parse("fbe", request.pathParam("id"));
        if (id.isEmpty() || !endpoints.revoke(operator.project(), id.get())) {
            throw new ProblemException(Problem.NOT_FOUND, "There is no such address for feedback.", "id");
        }
        return Reply.noContent();
    }

    private static ObjectNode document(Endpoint endpoint) {
        return Json.object().put("id", Ids.show("fbe", endpoint.id())).put("kind", Names.of(endpoint.kind()))
                .put("name", endpoint.name()).put("created_by", endpoint.made().by())
                .put("created_at", endpoint.made().at().toString())
                .put("revoked_at", endpoint.revokedAt().map(Instant::toString).orElse(null));
    }

    private static ObjectNode document(Unmatched one) {
        return Json.object().put("id", Ids.show("fbk", one.id())).put("at", one.at().toString())
                .put("source", one.source()).put("kind", one.kind()).put("reason", one.reason())
                .put("recipient", one.recipient().orElse(null)).put("detail", one.detail().orElse(null));
    }
}
