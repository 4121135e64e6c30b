package io.countersign.server.privacy;

import io.countersign.server.link.LinkKind;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.ContentPolicy;
import io.countersign.server.privacy.PrivacyPages.Place;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** {@code /privacy/{text}}: a person confirms a request about his data, and fetches what he asked for. */
public final class PrivacyRoutes {
    private static final String PATH = "/privacy/{text}";
    private static final long LARGEST = 1024;
    private static final int FETCHES = 10;
    private static final Set<LinkKind> KINDS = EnumSet.of(LinkKind.PRIVACY);

    private final Parts parts;
    private final PrivacyPages pages;
    private final PersonalData data;
    private final RateLimit fetches;

    private PrivacyRoutes(Parts parts) {
        this.parts = parts;
        this.pages = new PrivacyPages(parts.visits().look().pages());
        this.data = new PersonalData(parts.database(), parts.catalogs(), parts.clock());
        this.fetches = new RateLimit(FETCHES, Duration.ofMinutes(1), parts.clock());
    }

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, PrivacyRequests requests, SignedLinks links,
                        Visits visits, InstantSource clock) {}

    public static List<Route> routes(Parts parts) {
        var routes = new PrivacyRoutes(parts);
        var errors = parts.visits().look().errors();
        return List.of(
                Route.get(PATH, "public", "A person's request about his data", routes::show).withErrors(errors),
                Route.post(PATH, "public", "Confirm it", routes::confirm).withMaxBody(LARGEST).withErrors(errors),
                Route.get(PATH + "/data", "public", "The data, to be read", request -> routes.fetch(request,
                        (place, copy) -> ContentPolicy.of(Reply.html(routes.pages.data(place, copy.excerpt())),
                                place.look(), Optional.empty()))).withErrors(errors),
                Route.get(PATH + "/data.json", "public", "The data, as a file", request -> routes.fetch(request,
                        (_, copy) -> Reply.stream("application/json", copy::write)
                                .header("Content-Disposition", "attachment; filename=\"data.json\"")))
                        .withErrors(errors));
    }

    private Reply show(Request request) {
        return find(request).map(found -> page(request, found)).orElseGet(() -> parts.visits().unknown(request, KINDS));
    }

    private Reply confirm(Request request) throws IOException {
        if (!request.form().first("action").orElse("").equals("confirm")) {
            throw new ProblemException(Problem.INVALID_VALUE, "The action must be confirm.", "action");
        }
        Optional<PrivacyRequest> found = find(request);
        found.ifPresent(parts.requests()::confirm);
        return show(request);
    }

    private Reply fetch(Request request, BiFunction<Place, PersonalCopy, Reply> answer) {
        Optional<PrivacyRequest> found = find(request);
        if (found.isEmpty() || !found.get().isServed(parts.clock().instant())) {
            return notServed(show(request));
        }
        fetches.require(found.get().id().toString());
        return data.of(found.get()).map(copy -> hidden(answer.apply(place(request, found.get()), copy)))
                .orElseGet(() -> parts.visits().unknown(request, KINDS));
    }

    /** The page that says how the request stands, as an error: whoever saves it must not take it for the data. */
    private static Reply notServed(Reply page) {
        return page.status() == 200 ? page.withStatus(409) : page;
    }

    private Optional<PrivacyRequest> find(Request request) {
        Optional<PrivacyRequest> found = parts.links().read(request.pathParam("text"))
                .filter(link -> KINDS.contains(link.kind()))
                .flatMap(link -> parts.requests().ofMessage(link.project(), link.message()));
        return found.filter(asked -> brand(asked).isPresent());
    }

    private Reply page(Request request, PrivacyRequest found) {
        Place place = place(request, found);
        boolean expired = found.isExpired(parts.clock().instant());
        String html = switch (found.state()) {
            case ASKED -> expired ? pages.expired(place) : pages.question(place, found.kind());
            case CONFIRMED -> pages.waiting(place);
            case REFUSED -> pages.refused(place, found.decision().flatMap(PrivacyRequest.Decision::reason).orElse(""));
            case DONE -> done(place, found);
        };
        boolean over = expired || found.kind() == Kind.DOWNLOAD && found.state() == PrivacyRequest.State.DONE
                && !found.isServed(parts.clock().instant());
        return ContentPolicy.of(hidden(Reply.html(html)), place.look(), Optional.empty()).withStatus(over ? 410 : 200);
    }

    private String done(Place place, PrivacyRequest found) {
        if (found.kind() == Kind.ERASURE) {
            return pages.erased(place);
        }
        return found.isServed(parts.clock().instant()) ? pages.ready(place) : pages.expired(place);
    }

    private static Reply hidden(Reply reply) {
        return reply.header("X-Robots-Tag", "noindex").header("Referrer-Policy", "no-referrer");
    }

    private Place place(Request request, PrivacyRequest found) {
        Brand brand = brand(found).orElseThrow();
        return new Place(brand.look(), parts.visits().look().languages()
                .choose(request.header("Accept-Language").orElse(null), brand.language()),
                "/privacy/" + request.pathParam("text"));
    }

    private Optional<Brand> brand(PrivacyRequest found) {
        return parts.catalogs().current().brand(found.project(), found.about().brand());
    }
}
