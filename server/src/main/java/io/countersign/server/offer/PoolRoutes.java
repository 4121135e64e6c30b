package io.countersign.server.offer;

import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.project.BrandId;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Caller.Role;
import io.countersign.server.access.Guard;
import io.countersign.server.customer.CustomerStore;
import io.countersign.server.offer.PromoCodeStore.Given;
import io.countersign.server.offer.PromoCodeStore.Place;
import io.countersign.server.offer.PromoCodeWriter.Issue;
import io.countersign.server.offer.PromoCodeWriter.Teller;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.BodyLines;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/promo-pools}, and the codes of customers. */
final class PoolRoutes {
    private static final String CALLERS = "key or operator";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_CODE = 100;
    private static final int MOST_CODES = 1_000_000;
    private static final int AT_ONCE = 5_000;
    private static final int MOST_REFUSED = 100;
    private static final int SHOWN_TO_VIEWERS = 4;
    private static final long LARGEST_FILE = 120L * 1024 * 1024;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final PromoCodeWriter codes;

    private PoolRoutes(Offers.Parts parts) {
        this.database = parts.database();
        this.catalogs = parts.catalogs();
        this.clock = parts.clock();
        this.codes = new PromoCodeWriter(parts.customers(), parts.ids(), parts.clock());
    }

    static List<Route> routes(Offers.Parts parts) {
        var routes = new PoolRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get("/v1/promo-pools", CALLERS, "Pools of promo codes, with what is left",
                        guard.callers(routes::list)),
                Route.post("/v1/promo-pools", "operator", "Make a pool of promo codes", guard.editors(routes::create)),
                Route.get("/v1/promo-pools/{slug}", CALLERS, "One pool", guard.callers(routes::show)),
                Route.patch("/v1/promo-pools/{slug}", "operator", "Rename a pool", guard.editors(routes::rename)),
                Route.delete("/v1/promo-pools/{slug}", "operator", "Take away a pool that gave nothing out",
                        guard.editors(routes::delete)),
                Route.post("/v1/promo-pools/{slug}/codes", CALLERS, "Add codes to a pool, one in each line",
                        guard.writers(routes::add)).withMaxBody(LARGEST_FILE),
                Route.get("/v1/customers/{id}/promo-codes", CALLERS, "The promo codes of a customer",
                        guard.callers(routes::codesOf)),
                Route.post("/v1/customers/{id}/promo-codes", CALLERS, "Give a customer a promo code",
                        guard.writers(routes::issue)));
    }

    private Reply list(Request request, Caller caller) {
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<Pool> found = database.with(
                tx -> PoolStore.page(tx, caller.project(), paging.after(), paging.limit() + 1));
        return Reply.json(paging.page("promo_pools", found, PoolRoutes::document, Pool::slug));
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("slug", "name"));
        String slug = body.required("slug", 63);
        if (!slug.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw body.invalid("slug", "A slug has lower-case letters, digits, - and _, at most 63.");
        }
        String name = body.line("name", LONGEST_NAME).filter(text -> !text.isEmpty()).orElse(slug);
        if (!database.with(tx -> PoolStore.insert(tx, operator.project(), slug, name, clock.instant()))) {
            throw new ProblemException(Problem.CONFLICT, "There is a pool of this slug.", "slug");
        }
        return Reply.json(201, document(pool(operator, slug))).header("Location", "/v1/promo-pools/" + slug);
    }

    private Reply show(Request request, Caller caller) {
        return Reply.json(document(pool(caller, request.pathParam("slug"))));
    }

    private Reply rename(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("name"));
        String slug = request.pathParam("slug");
        String name = body.required("name", LONGEST_NAME);
        if (!database.with(tx -> PoolStore.rename(tx, operator.project(), slug, name))) {
            throw unknown();
        }
        return Reply.json(document(pool(operator, slug)));
    }

    private Reply delete(Request request, OfOperator operator) {
        int pool = id(operator, request.pathParam("slug"));
        return database.transaction(tx -> {
            if (!PoolStore.delete(tx, operator.project(), pool)) {
                throw new ProblemException(Problem.CONFLICT, "Codes of this pool were given out, so it stays.", "slug");
            }
            return Reply.noContent();
        });
    }

    /** Each line stands for itself: a bad one is told, and the others are added. */
    private Reply add(Request request, Caller caller) throws IOException {
        if (!Set.of("text/csv", "text/plain").contains(request.contentType())) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE,
                    "The content type must be text/csv or text/plain.");
        }
        int pool = id(caller, request.pathParam("slug"));
        var lines = new BodyLines(request.bodyStream(), 4 * LONGEST_CODE, MOST_CODES);
        var report = new Report();
        var batch = new ArrayList<String>();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (isCode(line.get())) {
                batch.add(line.get());
            } else {
                report.refuse(lines.number());
            }
            if (batch.size() == AT_ONCE) {
                store(caller, pool, batch, report);
            }
        }
        store(caller, pool, batch, report);
        return Reply.json(report.document());
    }

    private static boolean isCode(String line) {
        return line.length() <= LONGEST_CODE
                && line.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c)
                || c == ',' || c == ';' || c == '"');
    }

    private void store(Caller caller, int pool, List<String> batch, Report report) {
        int added = database.with(tx -> PromoCodeStore.add(tx, caller.project(), pool, batch));
        report.added += added;
        report.known += batch.size() - added;
        batch.clear();
    }

    /** What came of a file. */
    private static final class Report {
        private long added;
        private long known;
        private long refused;
        private final List<Integer> lines = new ArrayList<>();

        void refuse(int line) {
            refused++;
            if (lines.size() < MOST_REFUSED) {
                lines.add(line);
            }
        }

        ObjectNode document() {
            ObjectNode document = Json.object().put("added", added).put("known", known).put("refused", refused);
            var refusedLines = document.putArray("refused_lines");
            lines.forEach(refusedLines::add);
            return document;
        }
    }

    private Reply codesOf(Request request, Caller caller) {
        UUID customer = customer(request, caller);
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        Optional<Place> after = paging.after().map(key -> Place.parse(key).orElseThrow(Paging::invalid));
        List<Given> found = database.with(
                tx -> PromoCodeStore.of(tx, caller.project(), customer, after, paging.limit() + 1));
        return Reply.json(paging.page("promo_codes", found, given -> Json.object().put("pool", given.pool())
                .put("code", shown(given.code(), caller)).put("issued_at", given.place().at().toString()),
                given -> given.place().toString()));
    }

    /** A code is worth money: who may only look sees its end. */
    private static String shown(String code, Caller caller) {
        boolean whole = !(caller instanceof OfOperator operator) || operator.role() != Role.VIEWER;
        return whole ? code : "..." + code.substring(Math.max(0, code.length() - SHOWN_TO_VIEWERS));
    }

    private Reply issue(Request request, Caller caller) throws IOException {
        UUID customer = customer(request, caller);
        Members body = Members.of(request.json(), Set.of("pool", "brand"));
        String slug = body.required("pool", 63);
        int pool = database.with(tx -> PoolStore.id(tx, caller.project(), slug))
                .orElseThrow(() -> body.invalid("pool", "There is no such pool."));
        var teller = new Teller(brand(body, caller), slug, origin(caller));
        return switch (codes.issue(caller.project(), pool, customer, idempotencyKey(request), teller)) {
            case Issue.Given(String code, boolean fresh) -> Reply.json(fresh ? 201 : 200,
                    Json.object().put("pool", slug).put("code", code));
            case Issue.Empty _ -> throw new ProblemException(Problem.CONFLICT, "The pool is empty.", "pool");
            case Issue.UnknownCustomer _ -> throw noCustomer();
        };
    }

    private static Optional<String> idempotencyKey(Request request) {
        Optional<String> key = request.header("Idempotency-Key").map(String::strip).filter(text -> !text.isEmpty());
        if (key.filter(text -> text.length() > 200).isPresent()) {
            throw new ProblemException(Problem.INVALID_VALUE, "The Idempotency-Key has more than 200 characters.");
        }
        return key;
    }

    private BrandId brand(Members body, Caller caller) {
        Optional<String> slug = body.line("brand", 63).filter(text -> !text.isEmpty());
        if (slug.isPresent()) {
            return catalogs.current().brand(caller.project(), slug.get()).map(Brand::id)
                    .orElseThrow(() -> body.invalid("brand", "There is no such brand."));
        }
        List<Brand> brands = catalogs.current().brands(caller.project());
        return switch (caller) {
            case OfIntegration(_, var integration, _) -> integration.brand();
            case OfOperator _ when brands.size() == 1 -> brands.getFirst().id();
            case OfOperator _ -> throw new ProblemException(Problem.MISSING_FIELD,
                    "The project has several brands: say which one gives the code.", "brand");
        };
    }

    private static Origin origin(Caller caller) {
        return switch (caller) {
            case OfIntegration(_, var integration, _) -> new Origin("promo_codes",
                    Optional.of(integration.id().value()), "integration:" + integration.slug(), false);
            case OfOperator(_, String email, _) ->
                    new Origin("promo_codes", Optional.empty(), "operator:" + email, false);
        };
    }

    private Pool pool(Caller caller, String slug) {
        return database.with(tx -> PoolStore.find(tx, caller.project(), slug)).orElseThrow(PoolRoutes::unknown);
    }

    /** Without counting its codes. */
    private int id(Caller caller, String slug) {
        return database.with(tx -> PoolStore.id(tx, caller.project(), slug)).orElseThrow(PoolRoutes::unknown);
    }

    private UUID customer(Request request, Caller caller) {
        return Ids.parse("cus", request.pathParam("id"))
                .flatMap(id -> database.with(tx -> CustomerStore.living(tx, caller.project(), id)))
                .orElseThrow(PoolRoutes::noCustomer);
    }

    static ProblemException noCustomer() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such customer.", "id");
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such pool.", "slug");
    }

    private static ObjectNode document(Pool pool) {
        return Json.object().put("slug", pool.slug()).put("name", pool.name()).put("free", pool.free())
                .put("issued", pool.issued());
    }
}
