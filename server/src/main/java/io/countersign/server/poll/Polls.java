package io.countersign.server.poll;

import io.countersign.server.access.Guard;
import io.countersign.server.customer.Customers;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The feature put together. */
public final class Polls {
    private Polls() {}

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, Customers customers, Ids ids, InstantSource clock,
                        Guard guard, Visits visits) {}

    public static List<Route> routes(Parts parts) {
        var routes = new ArrayList<Route>();
        routes.addAll(PollRoutes.routes(parts));
        routes.addAll(VoteRoutes.routes(parts));
        return List.copyOf(routes);
    }
}
