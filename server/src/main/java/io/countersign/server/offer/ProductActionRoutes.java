package io.countersign.server.offer;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.contact.Addressee;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.offer.ProductActionStore.Action;
import io.countersign.server.offer.ProductActionStore.Kind;
import io.countersign.server.offer.ProductActionStore.Named;
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
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/actions}: what customers did with products, as the shop tells it. */
final class ProductActionRoutes {
    private static final Set<String> FIELDS = Addressee.and("external", "action", "product", "at");
    private static final int MOST = 1_000;
    private static final int LONGEST = 320;
    private static final Duration OLDEST = Duration.ofDays(180);
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Ids ids;

    private ProductActionRoutes(Offers.Parts parts) {
        this.database = parts.database();
        this.catalogs = parts.catalogs();
        this.clock = parts.clock();
        this.ids = parts.ids();
    }

    static List<Route> routes(Offers.Parts parts) {
        var routes = new ProductActionRoutes(parts);
        Guard guard = parts.guard();
        return List.of(Route.post("/v1/actions", "key or operator", "Tell what customers did with products",
                guard.writers(routes::take)).withMaxBody(1024 * 1024));
    }

    private record Told(Named who, Kind kind, String product, Instant at) {}

    /** All or nothing for what is malformed; who is nobody is told by place, and the others count. */
    private Reply take(Request request, Caller caller) throws IOException {
        Project project = catalogs.current().project(caller.project()).orElseThrow();
        List<Told> told = new ArrayList<>();
        for (Members each : Members.of(request.json(), Set.of("actions")).objects("actions", MOST, FIELDS)) {
            told.add(told(each, project));
        }
        if (told.isEmpty()) {
            throw new ProblemException(Problem.MISSING_FIELD, "At least one action is needed.", "actions");
        }
        return Reply.json(202, database.transaction(tx -> {
            Map<Named, UUID> customers = ProductActionStore.customers(tx, project.id(),
                    told.stream().map(Told::who).distinct().toList());
            ObjectNode answer = Json.object();
            var unknown = answer.putArray("unknown");
            var actions = new ArrayList<Action>();
            for (int i = 0; i < told.size(); i++) {
                UUID customer = customers.get(told.get(i).who());
                if (customer == null) {
                    unknown.add(i);
                } else {
                    actions.add(new Action(ids.next(), customer, told.get(i).product(), told.get(i).kind(),
                            told.get(i).at()));
                }
            }
            ProductActionStore.write(tx, project.id(), actions);
            return answer.put("taken", actions.size());
        }));
    }

    private Told told(Members each, Project project) {
        Kind kind = Query.word(each.path("action"), Kind.class, each.required("action", LONGEST));
        return new Told(who(each, project), kind, each.required("product", 200), at(each));
    }

    private static Named who(Members each, Project project) {
        if (Stream.concat(Addressee.NAMES.stream(), Stream.of("external")).filter(each.names()::contains).count()
                != 1) {
            throw each.invalid("customer", "Give one of customer, email, phone, mobile and external.");
        }
        if (each.names().contains("external")) {
            return external(each, each.required("external", LONGEST));
        }
        return switch (Addressee.of(each, project)) {
            case Addressee.OfContact(TypedContact(ContactType type, String value)) -> Named.contact(type, value);
            case Addressee.OfCustomer(String id) -> new Named("id", Ids.parse("cus", id)
                    .orElseThrow(() -> each.invalid("customer", "This is no id of a customer.")).toString());
        };
    }

    private static Named external(Members each, String value) {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1) {
            throw each.invalid("external", "An external id is written NAME:VALUE.");
        }
        return new Named("external:" + value.substring(0, colon), value.substring(colon + 1));
    }

    private Instant at(Members each) {
        Instant now = clock.instant();
        return each.line("at", 40).filter(text -> !text.isEmpty()).map(text -> {
            try {
                Instant at = Instant.parse(text);
                if (at.isAfter(now.plus(AHEAD)) || at.isBefore(now.minus(OLDEST))) {
                    throw each.invalid("at", "The time lies ahead, or more than 180 days back.");
                }
                return at;
            } catch (DateTimeParseException _) {
                throw each.invalid("at", "A time is written as 2026-12-31T23:00:00Z.");
            }
        }).orElse(now);
    }
}
