package io.countersign.server.offer;

import io.countersign.server.access.Guard;
import io.countersign.server.customer.Customers;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The feature put together. */
public final class Offers {
    private Offers() {}

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, Customers customers, Ids ids, InstantSource clock,
                        Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new ArrayList<Route>();
        routes.addAll(PoolRoutes.routes(parts));
        routes.addAll(PointRoutes.routes(parts));
        routes.addAll(ProductRoutes.routes(parts));
        routes.addAll(ProductActionRoutes.routes(parts));
        return List.copyOf(routes);
    }
}
