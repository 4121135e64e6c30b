package io.countersign.server.suppression;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.contact.TypedContact;
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
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import io.countersign.server.suppression.Suppression.Lifted;
import io.countersign.server.suppression.Suppressions.Filter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/suppressions}. Integrations may suppress too: bounces and complaints come through them. */
public final class SuppressionRoutes {
    private static final String CALLERS = "key or operator";
    private static final String PREFIX = "sup";
    private static final List<String> PARAMETERS = Stream.of(TypedContact.PARAMETERS, List.of("type", "reason"),
            Paging.PARAMETERS).flatMap(List::stream).toList();
    private static final int LONGEST = 320;

    private final Catalogs catalogs;
    private final Suppressions suppressions;

    private SuppressionRoutes(Parts parts) {
        this.catalogs = parts.catalogs();
        this.suppressions = parts.suppressions();
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, Suppressions suppressions, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new SuppressionRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.post("/v1/suppressions", CALLERS, "Suppress a contact",
                        guard.writers(routes::suppress)),
                Route.get("/v1/suppressions", CALLERS, "Live suppressions, of a contact or all, the newest first",
                        guard.callers(routes::list)),
                Route.delete("/v1/suppressions/{id}", CALLERS, "Lift a suppression",
                        guard.writers(routes::lift)));
    }

    private Reply suppress(Request request, Caller caller) throws IOException {
        Members body = Members.of(request.json(), Set.of("type", "value", "reason"));
        var type = Query.word("type", ContactType.class, body.required("type", LONGEST));
        var contact = TypedContact.of(project(caller), type, body.required("value", LONGEST), "value");
        var reason = Query.word("reason", SuppressionReason.class, body.required("reason", LONGEST));
        var made = suppressions.suppress(caller.project(), contact, reason, actor(caller));
        return Reply.json(made.fresh() ? 201 : 200, document(made.suppression()));
    }

    private Reply list(Request request, Caller caller) {
        Query query = Query.of(request, PARAMETERS);
        var filter = new Filter(TypedContact.of(query, project(caller)), query.word("type", ContactType.class),
                query.word("reason", SuppressionReason.class));
        Paging paging = Paging.of(query);
        Optional<UUID> after = paging.after().map(key -> Ids.parse(PREFIX, key).orElseThrow(Paging::invalid));
        return Reply.json(paging.page("suppressions",
                suppressions.live(caller.project(), filter, after, paging.limit() + 1), SuppressionRoutes::document,
                last -> Ids.show(PREFIX, last.id())));
    }

    private Reply lift(Request request, Caller caller) {
        UUID id = Ids.parse(PREFIX, request.pathParam("id")).orElseThrow(SuppressionRoutes::unknown);
        if (!suppressions.lift(caller.project(), id, actor(caller))) {
            throw unknown();
        }
        return Reply.noContent();
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such suppression.", "id");
    }

    private Project project(Caller caller) {
        return catalogs.current().project(caller.project()).orElseThrow();
    }

    private static String actor(Caller caller) {
        return switch (caller) {
            case OfIntegration(_, var integration, _) -> "integration:" + integration.slug();
            case OfOperator(_, String email, _) -> "operator:" + email;
        };
    }

    private static ObjectNode document(Suppression suppression) {
        return Json.object().put("id", Ids.show(PREFIX, suppression.id()))
                .put("type", Names.of(suppression.contact().type()))
                .put("value", suppression.contact().value())
                .put("reason", Names.of(suppression.reason())).put("actor", suppression.actor())
                .put("created_at", suppression.createdAt().toString())
                .put("lifted_at", suppression.lifted().map(Lifted::at).map(Instant::toString).orElse(null))
                .put("lifted_by", suppression.lifted().map(Lifted::by).orElse(null));
    }
}
