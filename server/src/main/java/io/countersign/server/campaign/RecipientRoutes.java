package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.campaign.AddressStore.Address;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Recipients of campaigns: how many there would be, from which file, and how far they have been sent to. */
public final class RecipientRoutes {
    private static final String OPERATOR = "operator";
    private static final String BASE = "/v1/campaigns/{slug}/";
    /** A million lines of some length. */
    private static final long LARGEST_FILE = 128L * 1024 * 1024;

    private final Database database;
    private final Catalogs catalogs;
    private final Ids ids;
    private final InstantSource clock;

    private RecipientRoutes(Parts parts) {
        this.database = parts.database();
        this.catalogs = parts.catalogs();
        this.ids = parts.ids();
        this.clock = parts.clock();
    }

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, Ids ids, InstantSource clock, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new RecipientRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get(BASE + "estimate", OPERATOR, "How many would get a campaign now, and why others would not",
                        guard.operators(routes::estimate)),
                Route.get(BASE + "progress", OPERATOR, "How far a campaign is, and what came of it",
                        guard.operators(routes::progress)),
                Route.post(BASE + "winner", OPERATOR, "Choose the variant that the rest gets",
                        guard.editors(routes::choose)),
                Route.put(BASE + "recipients", OPERATOR, "Send a bulk campaign to the addresses of a file",
                        guard.editors(routes::take)).withMaxBody(LARGEST_FILE),
                Route.get(BASE + "recipients", OPERATOR, "The lines of that file, and what became of each",
                        guard.operators(routes::lines)));
    }

    private Campaign campaign(Request request, OfOperator operator) {
        String slug = request.pathParam("slug");
        return database.with(tx -> CampaignStore.find(tx, operator.project(), slug)).orElseThrow(Campaigns::unknown);
    }

    private Campaign bulk(Request request, OfOperator operator) {
        Campaign campaign = campaign(request, operator);
        if (campaign.kind() != CampaignKind.BULK) {
            throw new ProblemException(Problem.CONFLICT,
                    "Operations and flows send this campaign: it has no recipients of its own.");
        }
        return campaign;
    }

    private Brand brand(ProjectId project, Campaign campaign) {
        return catalogs.current().brand(project, campaign.scope().brand()).orElseThrow();
    }

    private Reply estimate(Request request, OfOperator operator) {
        Campaign campaign = bulk(request, operator);
        Instant now = clock.instant();
        Map<String, Long> numbers = numbers(campaign, brand(operator.project(), campaign), now);
        ObjectNode document = Json.object().put("campaign", campaign.slug()).put("at", now.toString())
                .put("eligible", numbers.getOrDefault("", 0L));
        if (Audience.stored(campaign.settings().audience()).file()) {
            document.put("lines_waiting", database.with(tx -> AddressStore.outcomes(tx, campaign))
                    .getOrDefault("", 0L));
        }
        ObjectNode reasons = document.putObject("left_out");
        numbers.forEach((reason, count) -> {
            if (!reason.isEmpty()) {
                reasons.put(reason, count);
            }
        });
        return Reply.json(document);
    }

    private Map<String, Long> numbers(Campaign campaign, Brand brand, Instant now) {
        try {
            return database.transaction(tx -> RecipientStore.estimate(tx, campaign, brand, now));
        } catch (DatabaseException e) {
            throw e.isTooSlow() ? new ProblemException(Problem.BUSY,
                    "Counting takes too long at the moment. The campaign can be started all the same.") : e;
        }
    }

    private Reply progress(Request request, OfOperator operator) {
        Campaign campaign = campaign(request, operator);
        Instant now = clock.instant();
        return Reply.json(database.with(tx -> ProgressDocument.of(campaign,
                ProgressStore.messages(tx, campaign, now), ProgressStore.events(tx, campaign), now)));
    }

    private Reply choose(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("variant"));
        String variant = body.required("variant", 1);
        String slug = request.pathParam("slug");
        Instant now = clock.instant();
        String winner = database.transaction(tx -> {
            Campaign campaign = CampaignStore.lock(tx, operator.project(), slug).orElseThrow(Campaigns::unknown);
            if (campaign.test().isEmpty() || campaign.state() == CampaignState.DONE) {
                throw new ProblemException(Problem.CONFLICT, "There is nothing to be decided in this campaign.");
            }
            if (!campaign.test().get().trial().shares().containsKey(variant)) {
                throw body.invalid("variant", "The campaign compares no such variant.");
            }
            String kept = TrialStore.choose(tx, campaign, variant, "operator:" + operator.email(), now);
            TrialStore.release(tx, campaign, now);
            return kept;
        });
        if (!winner.equals(variant)) {
            throw new ProblemException(Problem.CONFLICT, "It is decided already: " + winner + ".", "variant");
        }
        return Reply.json(Json.object().put("campaign", slug).put("winner", winner));
    }

    private Reply take(Request request, OfOperator operator) throws IOException {
        Campaign campaign = bulk(request, operator);
        if (!request.contentType().equals("text/csv")) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE, "The content type must be text/csv.");
        }
        int lines = new AddressFileStore(database, campaign,
                catalogs.current().project(operator.project()).orElseThrow(), ids.next())
                .take(request.bodyStream(), clock.instant());
        return Reply.json(Json.object().put("campaign", campaign.slug()).put("lines", lines));
    }

    private Reply lines(Request request, OfOperator operator) {
        Query query = Query.of(request, Paging.PARAMETERS);
        Paging paging = Paging.of(query);
        Campaign campaign = bulk(request, operator);
        int after = paging.after().map(RecipientRoutes::line).orElse(AddressStore.UNFINISHED);
        List<Address> page = database.with(tx -> AddressStore.page(tx, campaign, after, paging.limit() + 1));
        boolean complete = database.with(tx -> AddressStore.isComplete(tx, campaign));
        ObjectNode document = Json.object().put("campaign", campaign.slug()).put("complete", complete);
        ObjectNode numbers = document.putObject("numbers");
        database.with(tx -> AddressStore.outcomes(tx, campaign)).forEach((outcome, count) ->
                numbers.put(outcome.isEmpty() ? "waiting" : outcome, count));
        var lines = document.putArray("lines");
        List<Address> shown = page.subList(0, Math.min(page.size(), paging.limit()));
        shown.forEach(address -> lines.addObject().put("line", address.line()).put("value", address.value())
                .put("outcome", address.outcome().orElse("waiting")).put("reason", address.reason().orElse(null)));
        return Reply.json(document.put("next", page.size() > shown.size()
                ? Paging.cursor(String.valueOf(shown.getLast().line())) : null));
    }

    private static int line(String cursor) {
        return Optional.of(cursor).filter(text -> text.matches("[0-9]{1,7}")).map(Integer::valueOf)
                .orElseThrow(Paging::invalid);
    }
}
