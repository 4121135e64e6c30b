package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignEvent;
import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.campaign.CampaignStore.CampaignFilter;
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
import io.countersign.server.project.Catalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/campaigns}: set-up and life. */
final class CampaignRoutes {
    static final String ONE = "/v1/campaigns/{slug}";
    static final String OPERATOR = "operator";
    private static final List<String> PARAMETERS = Stream.concat(Stream.of("state", "brand", "profile", "kind"),
            Paging.PARAMETERS.stream()).toList();
    /** What is done to a campaign as a whole, by the last part of its path. */
    private static final Map<CampaignEvent, String> ACTIONS = Map.of(
            CampaignEvent.FINISH, "Check a campaign and make it ready",
            CampaignEvent.REOPEN, "Edit a ready campaign again, while nothing was sent",
            CampaignEvent.START, "Start a bulk campaign",
            CampaignEvent.PAUSE, "Hold a campaign up",
            CampaignEvent.RESUME, "Let a paused campaign go on",
            CampaignEvent.COMPLETE, "End a campaign");

    private final Campaigns campaigns;

    private CampaignRoutes(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    static List<Route> routes(Campaigns campaigns, Guard guard) {
        var routes = new CampaignRoutes(campaigns);
        var list = new ArrayList<>(List.of(
                Route.get("/v1/campaigns", OPERATOR, "The campaigns of the project, the newest first",
                        guard.operators(routes::list)),
                Route.post("/v1/campaigns", OPERATOR, "Make a campaign, as a draft", guard.editors(routes::create)),
                Route.get(ONE, OPERATOR, "A campaign with its texts", guard.operators(routes::show)),
                Route.patch(ONE, OPERATOR, "Change a campaign", guard.editors(routes::change)),
                Route.delete(ONE, OPERATOR, "Delete a campaign; what was sent stays", guard.editors(routes::delete))));
        new TreeSet<>(ACTIONS.keySet()).forEach(event -> list.add(Route.post(ONE + "/" + Names.of(event), OPERATOR,
                ACTIONS.get(event), guard.editors((request, operator) -> routes.act(request, operator, event)))));
        return list;
    }

    private Reply list(Request request, OfOperator operator) {
        Query query = Query.of(request, PARAMETERS);
        Paging page = Paging.of(query);
        Catalog catalog = catalog();
        Integer brand = query.text("brand").map(slug -> catalog.brand(operator.project(), slug).orElseThrow(
                () -> new ProblemException(Problem.INVALID_VALUE, "There is no such brand.", "brand")).id().value())
                .orElse(null);
        var filter = new CampaignFilter(query.word("state", CampaignState.class).map(Names::of).orElse(null), brand,
                query.text("profile").orElse(null), query.word("kind", CampaignKind.class).map(Names::of).orElse(null));
        List<Campaign> found = campaigns.list(operator.project(), filter, page.after().map(CampaignRoutes::id),
                page.limit() + 1);
        ObjectNode answer = Json.object();
        var list = answer.putArray("campaigns");
        found.stream().limit(page.limit()).forEach(one -> list.add(CampaignDocuments.brief(catalog, one)));
        return Reply.json(answer.put("next", found.size() > page.limit()
                ? Paging.cursor(Integer.toString(found.get(page.limit() - 1).id())) : null));
    }

    private static int id(String cursor) {
        return Optional.of(cursor).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf)
                .orElseThrow(Paging::invalid);
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        var fields = new TreeSet<>(CampaignReader.FIELDS);
        fields.add("slug");
        Members body = Members.of(request.json(), fields);
        Campaign made = campaigns.create(operator.project(), body, "operator:" + operator.email());
        return Reply.json(201, document(operator, made.slug())).header("Location", "/v1/campaigns/" + made.slug());
    }

    private Reply show(Request request, OfOperator operator) {
        Query.none(request);
        return Reply.json(document(operator, request.pathParam("slug")));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), CampaignReader.FIELDS);
        Campaign changed = campaigns.change(operator.project(), request.pathParam("slug"), body);
        return Reply.json(document(operator, changed.slug()));
    }

    private Reply delete(Request request, OfOperator operator) {
        campaigns.act(operator.project(), request.pathParam("slug"), CampaignEvent.DELETE);
        return Reply.noContent();
    }

    private Reply act(Request request, OfOperator operator, CampaignEvent event) throws IOException {
        if (request.body().length > 0) {
            Members.of(request.json(), Set.of());
        }
        return Reply.json(CampaignDocuments.brief(catalog(),
                campaigns.act(operator.project(), request.pathParam("slug"), event)));
    }

    private ObjectNode document(OfOperator operator, String slug) {
        return CampaignDocuments.complete(catalog(), campaigns.whole(operator.project(), slug));
    }

    private Catalog catalog() {
        return campaigns.parts().catalogs().current();
    }
}
