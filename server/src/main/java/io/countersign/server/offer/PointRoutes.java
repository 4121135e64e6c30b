package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.customer.CustomerStore;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers/{id}/points}: the balance as the shop's own system knows it. */
final class PointRoutes {
    private static final String PATH = "/v1/customers/{id}/points";
    private static final String CALLERS = "key or operator";

    private final Database database;
    private final InstantSource clock;

    private PointRoutes(Offers.Parts parts) {
        this.database = parts.database();
        this.clock = parts.clock();
    }

    static List<Route> routes(Offers.Parts parts) {
        var routes = new PointRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get(PATH, CALLERS, "The loyalty points of a customer", guard.callers(routes::show)),
                Route.put(PATH, CALLERS, "Set the loyalty points of a customer", guard.writers(routes::set)),
                Route.delete(PATH, CALLERS, "Say that a customer has no balance", guard.writers(routes::delete)));
    }

    private Reply show(Request request, Caller caller) {
        Query.none(request);
        UUID customer = customer(request, caller.project());
        Points points = database.with(tx -> OfferStore.find(tx, caller.project(),
                new Needed(Set.of(), Set.of(), true), List.of(customer), clock.instant()))
                .get(customer).points().orElseThrow(PointRoutes::none);
        return Reply.json(document(points));
    }

    private Reply set(Request request, Caller caller) throws IOException {
        UUID customer = customer(request, caller.project());
        Members body = Members.of(request.json(), Set.of("balance", "expires_at"));
        var balance = ProductReader.amount(body, "balance").orElseThrow(
                () -> new ProblemException(Problem.MISSING_FIELD, "This field is needed.", "balance"));
        var points = new Points(balance, body.line("expires_at", 40).filter(text -> !text.isEmpty())
                .map(text -> instant(body, text)));
        database.with(tx -> {
            PointStore.set(tx, caller.project(), customer, points, clock.instant());
            return null;
        });
        return Reply.json(document(points));
    }

    private Reply delete(Request request, Caller caller) {
        UUID customer = customer(request, caller.project());
        if (!database.with(tx -> PointStore.delete(tx, caller.project(), customer))) {
            throw none();
        }
        return Reply.noContent();
    }

    private static Instant instant(Members body, String text) {
        try {
            Instant at = Instant.parse(text);
            if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
                throw body.invalid("expires_at", "This is no sensible time.");
            }
            return at;
        } catch (DateTimeParseException _) {
            throw body.invalid("expires_at", "A time is written as 2026-12-31T23:00:00Z.");
        }
    }

    private UUID customer(Request request, ProjectId project) {
        return Ids.parse("cus", request.pathParam("id"))
                .flatMap(id -> database.with(tx -> CustomerStore.living(tx, project, id)))
                .orElseThrow(PoolRoutes::noCustomer);
    }

    private static ProblemException none() {
        return new ProblemException(Problem.NOT_FOUND, "No balance was set for this customer.", "id");
    }

    private static ObjectNode document(Points points) {
        return Json.object().put("balance", points.balance())
                .put("expires_at", points.expiresAt().map(Instant::toString).orElse(null));
    }
}
