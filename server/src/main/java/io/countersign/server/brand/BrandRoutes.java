package io.countersign.server.brand;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
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
import io.countersign.server.project.Brands;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.SetupRefused;
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/brands}: the sender identities of a project, their switches and their looks. */
public final class BrandRoutes {
    private static final String OPERATOR = "operator";
    private static final int LONGEST_SLUG = 63;
    private static final Set<String> FIELDS = Set.of("name", "double_opt_in", "sender", "require_verified_contact",
            "language", "messages_per_day", "tracking", "look", "postal_address", "landing_url",
            "return_domain");
    private static final List<String> SWITCHES = List.of("email", "sms");

    private final Catalogs catalogs;
    private final Brands brands;
    private final OptInPreview preview;

    private BrandRoutes(Parts parts) {
        this.catalogs = parts.catalogs();
        this.brands = parts.brands();
        this.preview = parts.preview();
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, Brands brands, OptInPreview preview, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new BrandRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get("/v1/brands", OPERATOR, "The brands of the project", guard.operators(routes::list)),
                Route.post("/v1/brands", OPERATOR, "Make a brand", guard.owners(routes::create)),
                Route.get("/v1/brands/{slug}", OPERATOR, "A brand", guard.operators(routes::show)),
                Route.patch("/v1/brands/{slug}", OPERATOR, "Change a brand, or switch its double opt-in",
                        guard.owners(routes::change)),
                Route.get("/v1/brands/{slug}/double-opt-in", OPERATOR, "What switching double opt-in would change",
                        guard.operators(routes::preview)));
    }

    private Reply list(Request request, OfOperator operator) {
        Paging page = Paging.of(Query.of(request, Paging.PARAMETERS));
        Catalog catalog = catalogs.current();
        List<Brand> left = catalog.brands(operator.project()).stream()
                .filter(brand -> page.after().isEmpty() || brand.slug().compareTo(page.after().get()) > 0)
                .sorted(Comparator.comparing(Brand::slug)).limit(page.limit() + 1L).toList();
        return Reply.json(page.page("brands", left, brand -> document(catalog, brand), Brand::slug));
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        ObjectNode body = request.json();
        var known = new TreeSet<>(FIELDS);
        known.add("slug");
        Members members = Members.of(body, known);
        String slug = members.required("slug", LONGEST_SLUG);
        if (!refusing(() -> brands.create(operator.project(), slug, body))) {
            throw new ProblemException(Problem.CONFLICT, "The project has a brand of this slug.", "slug");
        }
        Catalog catalog = catalogs.current();
        return Reply.json(201, document(catalog, catalog.brand(operator.project(), slug).orElseThrow()))
                .header("Location", "/v1/brands/" + slug);
    }

    private Reply show(Request request, OfOperator operator) {
        Query.none(request);
        Catalog catalog = catalogs.current();
        return Reply.json(document(catalog, find(catalog, request, operator)));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        Brand brand = find(catalogs.current(), request, operator);
        ObjectNode body = request.json();
        Members.of(body, FIELDS);
        refusing(() -> {
            brands.change(brand, body);
            return true;
        });
        Catalog catalog = catalogs.current();
        return Reply.json(document(catalog, find(catalog, request, operator)));
    }

    private Reply preview(Request request, OfOperator operator) {
        Query query = Query.of(request, SWITCHES);
        Brand brand = find(catalogs.current(), request, operator);
        if (SWITCHES.stream().noneMatch(name -> query.text(name).isPresent())) {
            throw new ProblemException(Problem.MISSING_FIELD, "Say email=on, email=off, sms=on or sms=off.", "email");
        }
        return Reply.json(preview.of(brand, query.word("email", OptInPreview.Turn.class),
                query.word("sms", OptInPreview.Turn.class)));
    }

    /** The brand that the path names, of the operator's project. */
    static Brand find(Catalog catalog, Request request, OfOperator operator) {
        return catalog.brand(operator.project(), request.pathParam("slug")).orElseThrow(
                () -> new ProblemException(Problem.NOT_FOUND, "There is no such brand.", "slug"));
    }

    /** What the readers and writers of set-up refuse is told in the form of the API. */
    static boolean refusing(Supplier<Boolean> change) {
        try {
            return change.get();
        } catch (SetupRefused e) {
            throw e.problem();
        }
    }

    /** What would bring a brand to the same when it is sent with PATCH, its slug and topics left out. */
    private static ObjectNode document(Catalog catalog, Brand brand) {
        ObjectNode document = Json.object().put("slug", brand.slug()).put("name", brand.name());
        document.putObject("double_opt_in").put("email", brand.doubleOptIn().email())
                .put("sms", brand.doubleOptIn().sms());
        document.putObject("sender").put("email", brand.sender().email().orElse(null))
                .put("sms", brand.sender().sms().orElse(null));
        document.put("require_verified_contact", brand.requireVerifiedContact()).put("language", brand.language())
                .put("messages_per_day", brand.mailing().messagesPerDay().orElse(null));
        document.putObject("tracking").put("opens", brand.mailing().tracksOpens())
                .put("clicks", brand.mailing().tracksClicks());
        document.putObject("look").put("accent_color", brand.face().accentColor().orElse(null))
                .put("logo_url", brand.face().logoUrl().orElse(null));
        document.put("postal_address", brand.face().postalAddress().orElse(null))
                .put("landing_url", brand.face().landingUrl().orElse(null))
                .put("return_domain", brand.sender().returnDomain().orElse(null));
        var topics = document.putArray("topics");
        catalog.topics(brand.project(), brand.id()).stream().map(Topic::slug).forEach(topics::add);
        return document;
    }
}
