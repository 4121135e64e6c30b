package io.countersign.server.activity;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/activity}: what happened, newest first. */
public final class ActivityRoutes {
    private static final List<String> PARAMETERS = Stream.of(Stream.of("kind", "from", "to"),
            Stream.of(Filter.values()).map(Names::of), Paging.PARAMETERS.stream()).flatMap(names -> names).toList();
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int LONGEST = 400;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Activity activity;

    private ActivityRoutes(Activity activity) {
        this.activity = activity;
    }

    public static List<Route> routes(Database database, Guard guard) {
        var routes = new ActivityRoutes(new Activity(database));
        return List.of(Route.get("/v1/activity", "operator",
                "What happened to campaigns, messages, customers and the set-up", guard.operators(routes::list)),
                MessageReportRoutes.route(database, guard));
    }

    private Reply list(Request request, OfOperator operator) {
        Activity.Page page = activity.read(operator.project(), question(Query.of(request, PARAMETERS)));
        ObjectNode answer = Json.object();
        page.entries().forEach(answer.putArray("activity")::add);
        return Reply.json(answer.put("next", page.next().map(UUID::toString).map(Paging::cursor).orElse(null)));
    }

    private static Question question(Query query) {
        var filters = new EnumMap<Filter, String>(Filter.class);
        for (Filter filter : Filter.values()) {
            query.text(Names.of(filter)).ifPresent(text -> filters.put(filter, value(filter, text)));
        }
        Paging paging = Paging.of(query);
        UUID before = paging.after().map(ActivityRoutes::cursor)
                .or(() -> moment(query, "to").map(Ids::first)).orElse(LAST);
        return new Question(query.word("kind", ActivityKind.class), filters, before,
                moment(query, "from").map(Ids::first).orElse(FIRST), paging.limit());
    }

    private static String value(Filter filter, String text) {
        if (text.length() > LONGEST) {
            throw new ProblemException(Problem.INVALID_VALUE, "The value is too long.", Names.of(filter));
        }
        return switch (filter) {
            case CUSTOMER -> id(filter, "cus", text);
            case MESSAGE -> id(filter, "msg", text);
            case CAMPAIGN, PROFILE, BRAND, CHANNEL, ACTOR -> text;
        };
    }

    private static String id(Filter filter, String prefix, String text) {
        return Ids.parse(prefix, text).orElseThrow(() -> new ProblemException(Problem.INVALID_VALUE,
                "This is no id of a " + Names.of(filter) + ".", Names.of(filter))).toString();
    }

    /** Ids begin with the time, so a moment is a place in every source. */
    private static Optional<Instant> moment(Query query, String name) {
        return query.text(name).map(text -> {
            try {
                Instant moment = Instant.parse(text);
                if (moment.isAfter(Instant.EPOCH) && moment.isBefore(LATEST)) {
                    return moment;
                }
            } catch (DateTimeException _) {
                // told below
            }
            throw new ProblemException(Problem.INVALID_VALUE,
                    "A moment is written like 2026-01-02T03:04:05Z.", name);
        });
    }

    private static UUID cursor(String text) {
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw Paging.invalid();
        }
        return UUID.fromString(text);
    }
}
