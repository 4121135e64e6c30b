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
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/brands/{slug}/topics}: what messages of a brand are about. */
public final class TopicRoutes {
    private static final String OPERATOR = "operator";
    private static final String TOPICS = "/v1/brands/{slug}/topics";
    private static final String TOPIC = TOPICS + "/{topic}";
    private static final int LONGEST_SLUG = 63;

    private final Catalogs catalogs;
    private final Brands brands;
    private final TopicDeletions deletions;

    private TopicRoutes(Parts parts) {
        this.catalogs = parts.catalogs();
        this.brands = parts.brands();
        this.deletions = parts.deletions();
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, Brands brands, TopicDeletions deletions, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new TopicRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get(TOPICS, OPERATOR, "The topics of a brand", guard.operators(routes::list)),
                Route.post(TOPICS, OPERATOR, "Make a topic", guard.editors(routes::create)),
                Route.get(TOPIC, OPERATOR, "A topic", guard.operators(routes::show)),
                Route.patch(TOPIC, OPERATOR, "Change a topic", guard.editors(routes::change)),
                Route.delete(TOPIC, OPERATOR, "Delete a topic, and unsubscribe everybody from it",
                        guard.editors(routes::delete)));
    }

    private Reply list(Request request, OfOperator operator) {
        Paging page = Paging.of(Query.of(request, Paging.PARAMETERS));
        Catalog catalog = catalogs.current();
        Brand brand = BrandRoutes.find(catalog, request, operator);
        List<Topic> left = catalog.topics(brand.project(), brand.id()).stream()
                .filter(topic -> page.after().isEmpty() || topic.slug().compareTo(page.after().get()) > 0)
                .sorted(Comparator.comparing(Topic::slug)).limit(page.limit() + 1L).toList();
        return Reply.json(page.page("topics", left, topic -> document(brand, topic), Topic::slug));
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        Brand brand = BrandRoutes.find(catalogs.current(), request, operator);
        ObjectNode body = request.json();
        String slug = Members.of(body, Set.of("slug", "name", "public")).required("slug", LONGEST_SLUG);
        if (!BrandRoutes.refusing(() -> brands.createTopic(brand, slug, body))) {
            throw new ProblemException(Problem.CONFLICT, "The brand has a topic of this slug.", "slug");
        }
        return Reply.json(201, document(brand, topic(brand, slug)))
                .header("Location", "/v1/brands/" + brand.slug() + "/topics/" + slug);
    }

    private Reply show(Request request, OfOperator operator) {
        Query.none(request);
        Brand brand = BrandRoutes.find(catalogs.current(), request, operator);
        return Reply.json(document(brand, topic(brand, request.pathParam("topic"))));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        Brand brand = BrandRoutes.find(catalogs.current(), request, operator);
        Topic topic = topic(brand, request.pathParam("topic"));
        ObjectNode body = request.json();
        Members.of(body, Set.of("name", "public"));
        if (!BrandRoutes.refusing(() -> brands.changeTopic(brand, topic.slug(), body))) {
            throw unknown();
        }
        return Reply.json(document(brand, topic(brand, topic.slug())));
    }

    private Reply delete(Request request, OfOperator operator) {
        Brand brand = BrandRoutes.find(catalogs.current(), request, operator);
        if (!deletions.delete(topic(brand, request.pathParam("topic")), "operator:" + operator.email())) {
            throw unknown();
        }
        return Reply.noContent();
    }

    private Topic topic(Brand brand, String slug) {
        return catalogs.current().topic(brand.project(), brand.id(), slug).orElseThrow(TopicRoutes::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "The brand has no such topic.", "topic");
    }

    private static ObjectNode document(Brand brand, Topic topic) {
        return Json.object().put("brand", brand.slug()).put("slug", topic.slug()).put("name", topic.name())
                .put("public", topic.isPublic());
    }
}
