package io.countersign.server.privacy;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.privacy.PrivacyRequest.Decision;
import io.countersign.server.privacy.PrivacyRequest.State;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/privacy-requests}: what people asked for about their data, and an operator's decision about erasures. */
public final class PrivacyRequestRoutes {
    private static final String PREFIX = "prv";
    private static final List<String> PARAMETERS =
            Stream.concat(Stream.of("state"), Paging.PARAMETERS.stream()).toList();
    private static final int LONGEST_REASON = 1000;

    private final PrivacyRequests requests;
    private final Catalogs catalogs;

    private PrivacyRequestRoutes(PrivacyRequests requests, Catalogs catalogs) {
        this.requests = requests;
        this.catalogs = catalogs;
    }

    public static List<Route> routes(PrivacyRequests requests, Catalogs catalogs, Guard guard) {
        var routes = new PrivacyRequestRoutes(requests, catalogs);
        return List.of(
                Route.get("/v1/privacy-requests", "operator", "Requests of people about their data",
                        guard.operators(routes::list)),
                Route.post("/v1/privacy-requests/{id}/approval", "operator", "Carry out a confirmed erasure",
                        guard.editors(routes::approve)),
                Route.post("/v1/privacy-requests/{id}/refusal", "operator", "Refuse a confirmed erasure",
                        guard.editors(routes::refuse)));
    }

    private Reply list(Request request, OfOperator operator) {
        Query query = Query.of(request, PARAMETERS);
        Optional<State> state = query.text("state").map(word -> Query.word("state", State.class, word));
        Paging paging = Paging.of(query);
        Optional<UUID> after = paging.after().map(key -> Ids.parse(PREFIX, key).orElseThrow(Paging::invalid));
        List<PrivacyRequest> found = requests.list(operator.project(), state, after, paging.limit() + 1);
        return Reply.json(paging.page("privacy_requests", found, this::document,
                last -> Ids.show(PREFIX, last.id())));
    }

    private Reply approve(Request request, OfOperator operator) {
        UUID id = existing(request, operator);
        return decided(requests.approve(operator.project(), id, "operator:" + operator.email()));
    }

    private Reply refuse(Request request, OfOperator operator) throws IOException {
        String reason = Members.of(request.json(), Set.of("reason")).required("reason", LONGEST_REASON);
        UUID id = existing(request, operator);
        return decided(requests.refuse(operator.project(), id, "operator:" + operator.email(), reason));
    }

    private Reply decided(Optional<PrivacyRequest> decided) {
        return Reply.json(document(decided.orElseThrow(() -> new ProblemException(Problem.CONFLICT,
                "This is no erasure that waits for a decision.", "id"))));
    }

    private UUID existing(Request request, OfOperator operator) {
        return Ids.parse(PREFIX, request.pathParam("id"))
                .filter(id -> requests.exists(operator.project(), id)).orElseThrow(() ->
                new ProblemException(Problem.NOT_FOUND, "There is no such request.", "id"));
    }

    private ObjectNode document(PrivacyRequest request) {
        return Json.object().put("id", Ids.show(PREFIX, request.id())).put("kind", Names.of(request.kind()))
                .put("state", Names.of(request.state())).put("customer", Ids.show("cus", request.about().customer()))
                .put("brand", catalogs.current().brand(request.project(), request.about().brand()).map(Brand::slug)
                        .orElse(null))
                .put("asked_at", request.times().asked().toString())
                .put("confirmed_at", request.times().confirmed().map(Instant::toString).orElse(null))
                .put("due_at", request.times().due().toString())
                .put("closed_at", request.times().closed().map(Instant::toString).orElse(null))
                .put("decided_by", request.decision().map(Decision::by).orElse(null))
                .put("reason", request.decision().flatMap(Decision::reason).orElse(null));
    }
}
