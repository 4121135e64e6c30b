package io.countersign.server.campaign;

import io.countersign.server.access.Guard;
import io.countersign.server.platform.http.Route;
import java.util.ArrayList;
import java.util.List;

/** The routes by which campaigns are set up, tried out and led through their lives. */
public final class CampaignSetup {
    private CampaignSetup() {}

    public static List<Route> routes(Campaigns.Parts parts, Guard guard) {
        var campaigns = new Campaigns(parts);
        var routes = new ArrayList<Route>();
        routes.addAll(ProfileRoutes.routes(new SendingProfiles(parts.database(), parts.clock()), guard));
        routes.addAll(CampaignRoutes.routes(campaigns, guard));
        routes.addAll(TextRoutes.routes(campaigns, guard));
        routes.addAll(TryRoutes.routes(campaigns, guard));
        return routes;
    }
}
