package io.countersign.server.preference;

import io.countersign.server.access.Guard;
import io.countersign.server.platform.http.Route;
import io.countersign.server.privacy.PrivacyRequestRoutes;
import io.countersign.server.privacy.PrivacyRoutes;
import io.countersign.server.tracking.TrackingRoutes;
import java.util.ArrayList;
import java.util.List;

/** Everything that links of messages lead people to, beside the confirmation page. */
public final class PeopleRoutes {
    private PeopleRoutes() {}

    public static List<Route> routes(PreferenceParts parts, Guard guard) {
        var routes = new ArrayList<Route>();
        routes.addAll(UnsubscribeRoutes.routes(parts));
        routes.addAll(PreferenceRoutes.routes(parts));
        routes.addAll(TrackingRoutes.routes(new TrackingRoutes.Parts(parts.links(), parts.visits(), parts.readings(),
                parts.clock())));
        routes.addAll(PrivacyRoutes.routes(new PrivacyRoutes.Parts(parts.database(), parts.catalogs(),
                parts.privacy(), parts.links(), parts.visits(), parts.clock())));
        routes.addAll(PrivacyRequestRoutes.routes(parts.privacy(), parts.catalogs(), guard));
        return routes;
    }
}
