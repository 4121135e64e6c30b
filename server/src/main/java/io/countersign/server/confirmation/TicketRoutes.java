package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.server.access.AllowedSites;
import io.countersign.server.confirmation.Confirmations.Act;
import io.countersign.server.confirmation.Tickets.Found;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Integration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /tickets}: what the tracker on a landing page sends when somebody comes by a link of a message (CF1,
 * CT13). The page must be of a site that the integration lists; otherwise nothing is looked at.
 */
public final class TicketRoutes {
    private static final String PATH = "/tickets";
    private static final long LARGEST = 8 * 1024;
    private static final int POSTS = 60;

    private final ConfirmationRoutes.Parts parts;
    private final Tickets tickets;
    private final Confirmations confirmations;
    private final LinkTickets links;
    private final AllowedSites sites;
    private final RateLimit posts;

    private TicketRoutes(ConfirmationRoutes.Parts parts) {
        this.parts = parts;
        this.tickets = new Tickets(parts.database(), parts.secrets());
        this.confirmations = new Confirmations(parts.catalogs(), parts.customers(), parts.door());
        this.links = new LinkTickets(parts.messages(), new LinkActs(parts.customers(), parts.clock()), parts.clock());
        this.sites = new AllowedSites(parts.catalogs());
        this.posts = new RateLimit(POSTS, Duration.ofMinutes(1), parts.clock());
    }

    public static List<Route> routes(ConfirmationRoutes.Parts parts) {
        var routes = new TicketRoutes(parts);
        return List.of(
                Route.post(PATH, "public", "A ticket from a landing page of an allowed site", routes::answer)
                        .withMaxBody(LARGEST).withErrors(routes.sites.errors(ErrorRenderer.PROBLEM_JSON)),
                Route.of("OPTIONS", PATH, "public", "The preflight of it, for allowed sites",
                        request -> routes.sites.preflight(request, "OPTIONS, POST")).withMaxBody(0));
    }

    private Reply answer(Request request) throws IOException {
        posts.require(request.clientAddress().limitKey());
        Members body = Members.of(body(request), Set.of("endpointId", "ticket"));
        Integration integration = integration(request, body.required("endpointId", 200));
        TicketAnswer answer = answer(request, integration, text(body));
        return sites.open(request, Reply.json(Json.object().put("status", answer.status())
                .put("subscription", answer.subscription())));
    }

    /** Tickets of messages with a challenge are stored, those of campaigns are signed; they look different. */
    private TicketAnswer answer(Request request, Integration integration, String text) {
        if (SignedLinks.isText(text)) {
            return links.answer(integration, text, evidence(request));
        }
        return find(integration, text).map(found -> TicketAnswer.of(confirmations.answerTicket(found,
                Act.onSite(evidence(request), integration.id())))).orElse(TicketAnswer.UNKNOWN);
    }

    /** As plain text a page may send it without asking first, and when it is being left. */
    private static ObjectNode body(Request request) throws IOException {
        return request.contentType().equals("text/plain") ? Json.parseObject(request.body()) : request.json();
    }

    /** Of whatever form: what was never given out here is an unknown ticket, not a mistake of the page. */
    private static String text(Members body) {
        return body.value("ticket").filter(JsonNode::isString).map(JsonNode::stringValue)
                .orElseThrow(() -> new ProblemException(Problem.MISSING_FIELD, "A ticket is needed, as text.",
                        "ticket"));
    }

    /** One answer for all who may not come this way: it does not tell which integrations there are. */
    private Integration integration(Request request, String endpoint) {
        return parts.catalogs().current().integration(endpoint).filter(Integration::active)
                .filter(known -> AllowedSites.allow(known, request))
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHORIZED,
                        "There is no such endpoint for pages of this site."));
    }

    private Optional<Found> find(Integration integration, String text) {
        return tickets.find(text).filter(found -> found.project().equals(integration.project()))
                .filter(found -> found.challenge().key().purpose() != Purpose.AUTHORIZE)
                .filter(found -> parts.catalogs().current()
                        .brand(found.project(), found.challenge().key().brand()).isPresent());
    }

    /** The page is kept without its query, which may hold the ticket. */
    private static ConsentDraft.Request evidence(Request request) {
        ConsentDraft.Request sent = Requests.of(request);
        return new ConsentDraft.Request(sent.ip(), sent.userAgent(), sent.page().map(page -> page.split("[?#]", 2)[0]));
    }
}
