package io.countersign.server.offer;

import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.offer.ProductStore.Line;
import io.countersign.server.offer.ProductStore.Replaced;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.BodyLines;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/products}: the feed that recommendations are made of. */
final class ProductRoutes {
    private static final String CALLERS = "key or operator";
    private static final long LARGEST_FEED = 500L * 1024 * 1024;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_LINES = 500_000;
    private static final int AT_ONCE = 2_000;

    private final Database database;
    private final InstantSource clock;
    private final Ids ids;

    private ProductRoutes(Offers.Parts parts) {
        this.database = parts.database();
        this.clock = parts.clock();
        this.ids = parts.ids();
    }

    static List<Route> routes(Offers.Parts parts) {
        var routes = new ProductRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get("/v1/products", CALLERS, "The products", guard.callers(routes::list)),
                Route.put("/v1/products", CALLERS, "Replace all products by a feed, one JSON object in each line",
                        guard.writers(routes::replace)).withMaxBody(LARGEST_FEED),
                Route.get("/v1/products/{id}", CALLERS, "One product", guard.callers(routes::show)),
                Route.put("/v1/products/{id}", CALLERS, "Add or change one product", guard.writers(routes::put)),
                Route.delete("/v1/products/{id}", CALLERS, "Take a product away", guard.writers(routes::remove)));
    }

    private Reply list(Request request, Caller caller) {
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<Product> page = database.with(
                tx -> ProductStore.page(tx, caller.project(), paging.after(), paging.limit()));
        ObjectNode answer = Json.object();
        var products = answer.putArray("products");
        page.stream().map(ProductRoutes::document).forEach(products::add);
        return Reply.json(answer.put("next",
                page.size() < paging.limit() ? null : Paging.cursor(page.getLast().id())));
    }

    /** The feed counts when the whole of it is there: until then, and when a line is wrong, all stays as it was. */
    private Reply replace(Request request, Caller caller) throws IOException {
        if (!request.contentType().equals("application/x-ndjson")) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE,
                    "The content type must be application/x-ndjson: one JSON object in each line.");
        }
        UUID feed = ids.next();
        Instant now = clock.instant();
        var lines = new BodyLines(request.bodyStream(), LONGEST_LINE, MOST_LINES);
        var batch = new ArrayList<Line>();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            batch.add(new Line(lines.number(), product(line.get(), lines.number())));
            if (batch.size() == AT_ONCE) {
                stage(caller, feed, batch, now);
            }
        }
        if (lines.number() == 0) {
            throw new ProblemException(Problem.MALFORMED_JSON,
                    "The feed is empty. To take products away, delete them one by one.");
        }
        stage(caller, feed, batch, now);
        Replaced replaced = database.transaction(tx -> ProductStore.replace(tx, caller.project(), feed, now));
        return Reply.json(Json.object().put("products", replaced.products()).put("gone", replaced.gone()));
    }

    private static Product product(String line, int number) {
        try {
            return ProductReader.product(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
        } catch (ProblemException e) {
            throw new ProblemException(e.problem(), "Line " + number + ": " + e.getMessage());
        }
    }

    private void stage(Caller caller, UUID feed, List<Line> batch, Instant now) {
        database.with(tx -> {
            ProductStore.stage(tx, caller.project(), feed, batch, now);
            return null;
        });
        batch.clear();
    }

    private Reply show(Request request, Caller caller) {
        Query.none(request);
        return Reply.json(document(database.with(tx -> ProductStore.find(tx, caller.project(),
                request.pathParam("id"))).orElseThrow(ProductRoutes::unknown)));
    }

    private Reply put(Request request, Caller caller) throws IOException {
        Product product = ProductReader.product(request.json(), request.pathParam("id"));
        database.with(tx -> {
            ProductStore.put(tx, caller.project(), product, clock.instant());
            return null;
        });
        return Reply.json(document(product));
    }

    private Reply remove(Request request, Caller caller) {
        if (!database.with(tx -> ProductStore.remove(tx, caller.project(), request.pathParam("id"),
                clock.instant()))) {
            throw unknown();
        }
        return Reply.noContent();
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such product.", "id");
    }

    private static ObjectNode document(Product product) {
        return Json.object().put("id", product.id()).put("name", product.name()).put("url", product.url())
                .put("image_url", product.imageUrl().orElse(null)).put("price", product.price().orElse(null))
                .put("currency", product.currency().orElse(null));
    }
}
