package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.confirmation.Confirmations.Act;
import io.countersign.server.confirmation.Tickets.Found;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.LinkedMessages;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.ContentPolicy;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.platform.pages.Wait;
import io.countersign.server.platform.Secrets;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code /c/{ticket}}: a GET shows the page and changes nothing, the buttons POST (CT14; RFC 9110, safe methods). */
public final class ConfirmationRoutes {
    private static final String PATH = "/c/{text}";

    private final Parts parts;
    private final Tickets tickets;
    private final Confirmations confirmations;
    private final ConfirmationPages pages;
    private final LinkConfirmations links;

    private ConfirmationRoutes(Parts parts) {
        this.parts = parts;
        this.tickets = new Tickets(parts.database(), parts.secrets());
        this.confirmations = new Confirmations(parts.catalogs(), parts.customers(), parts.door());
        this.pages = new ConfirmationPages(parts.visits().look().pages());
        this.links = new LinkConfirmations(parts.visits(), parts.database(),
                new LinkActs(parts.customers(), parts.clock()), parts.clock());
    }

    /** What the routes are built from. */
    public record Parts(Database database, Secrets secrets, Catalogs catalogs, Door door, Customers customers,
                        LinkedMessages messages, Visits visits, InstantSource clock) {}

    public static List<Route> routes(Parts parts) {
        var routes = new ConfirmationRoutes(parts);
        var errors = parts.visits().look().errors();
        return List.of(
                Route.get(PATH, "public", "The confirmation page of an opt-in mail, or of a campaign's link",
                        routes::show).withErrors(errors),
                Route.post(PATH, "public", "Confirm, reject or ask again", routes::answer).withErrors(errors));
    }

    private Reply show(Request request) {
        if (isOfCampaign(request)) {
            return links.show(request);
        }
        Optional<Found> found = find(request);
        return found.isEmpty() ? unknown(request)
                : page(request, found.get(), ConfirmationScreens.of(found.get().challenge(), parts.clock().instant()));
    }

    /** Both kinds of links stand under one path; their texts cannot be taken for one another. */
    private static boolean isOfCampaign(Request request) {
        return SignedLinks.isText(request.pathParam("text"));
    }

    private Reply answer(Request request) throws IOException {
        if (isOfCampaign(request)) {
            return links.answer(request);
        }
        String action = request.form().first("action").orElse("");
        Optional<Found> found = find(request);
        if (found.isEmpty()) {
            return unknown(request);
        }
        ChallengeAnswer answer = answer(found.get(), action, act(request, found.get()));
        return page(request, found.get(),
                ConfirmationScreens.of(found.get().challenge(), answer, parts.clock().instant()));
    }

    /** Who is asked only whether an address is his has one button. */
    private ChallengeAnswer answer(Found found, String action, Act act) {
        if (ConfirmationScreens.isOfContact(found.challenge())) {
            if (action.equals("confirm")) {
                return confirmations.answerTicket(found, act);
            }
            throw new ProblemException(Problem.INVALID_VALUE, "The action must be confirm.", "action");
        }
        return switch (action) {
            case "confirm" -> confirmations.confirm(found, act);
            case "reject" -> confirmations.reject(found, act);
            case "resend" -> confirmations.askAgain(found, act);
            default -> throw new ProblemException(Problem.INVALID_VALUE,
                    "The action must be confirm, reject or resend.", "action");
        };
    }

    private Optional<Found> find(Request request) {
        return tickets.find(request.pathParam("text"))
                .filter(known -> known.challenge().key().purpose() != Purpose.AUTHORIZE)
                .filter(known -> parts.catalogs().current()
                        .brand(known.project(), known.challenge().key().brand()).isPresent());
    }

    /** Looking up costs a read: who guesses is stopped, who has a link is not. */
    private Reply unknown(Request request) {
        parts.visits().guessed(request);
        Texts texts = parts.visits().look().languages().choose(request.header("Accept-Language").orElse(null), null);
        ConfirmationScreen screen = Ticket.parse(request.pathParam("text")).isPresent()
                ? new ConfirmationScreen.Foreign() : new ConfirmationScreen.Unknown();
        return Reply.html(pages.render(ConfirmationView.of(BrandLook.NONE, request.path()), screen, texts))
                .withStatus(screen.status()).header("X-Robots-Tag", "noindex");
    }

    private Reply page(Request request, Found found, ConfirmationScreen screen) {
        ConfirmationView view = view(request, found, screen);
        Reply reply = ContentPolicy.of(Reply.html(pages.render(view, screen, texts(request, found))), view.brand(),
                Optional.empty()).withStatus(screen.status()).header("X-Robots-Tag", "noindex");
        return switch (screen) {
            case ConfirmationScreen.TooSoon(Wait wait) -> reply.header("Retry-After", Long.toString(wait.seconds()));
            default -> reply;
        };
    }

    private ConfirmationView view(Request request, Found found, ConfirmationScreen screen) {
        Brand brand = brand(found);
        var look = brand.look();
        return screen instanceof ConfirmationScreen.Gone ? ConfirmationView.of(look, request.path())
                : new ConfirmationView(look, request.path(), found.challenge().key().value(), topics(found));
    }

    private List<String> topics(Found found) {
        ProjectId project = found.project();
        return found.challenge().asked().topics().stream()
                .flatMap(topic -> parts.catalogs().current().topic(project, topic).stream()).map(Topic::name).toList();
    }

    private Brand brand(Found found) {
        return parts.catalogs().current().brand(found.project(), found.challenge().key().brand()).orElseThrow();
    }

    private Texts texts(Request request, Found found) {
        return parts.visits().look().languages().choose(request.header("Accept-Language").orElse(null),
                brand(found).language());
    }

    /** The evidence: what stood on the page when the button was pressed. */
    private Act act(Request request, Found found) {
        Texts texts = texts(request, found);
        ConfirmationScreen asked = ConfirmationScreens.isOfContact(found.challenge())
                ? new ConfirmationScreen.AskContact() : new ConfirmationScreen.Ask();
        return Act.onPage(Requests.of(request), pages.wording(view(request, found, asked), asked, texts), texts.tag());
    }
}
