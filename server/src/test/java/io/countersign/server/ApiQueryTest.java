package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.http.HttpServer;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Policies;
import io.countersign.server.project.SetupFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every route of {@code /v1} reads its query in the same strict way. */
class ApiQueryTest {
    private static final String OWNER = "cs_test_owner_0123456789abcdef";
    private static final SetupFixture NODE = new SetupFixture();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static List<Route> routes;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        NODE.provision("""
                projects:
                  - slug: acme
                    name: Acme
                    brands: [ { slug: shop, name: Shop } ]
                    operators:
                      - { email: owner@acme.test, password: correct-horse-battery, role: owner, token: %s }
                  - { slug: other, name: Other, brands: [ { slug: elsewhere, name: Elsewhere } ] }
                """.formatted(OWNER));
        var clock = new SettableClock(NODE.clock);
        var ids = new Ids(clock, new SecureRandom());
        var customers = new Customers(NODE.database, NODE.secrets, ids, clock,
                project -> Policies.of(NODE.catalogs.current(), project));
        routes = new Wiring(new Wiring.Core(NODE.database, NODE.secrets, NODE.catalogs, customers,
                new Door(customers, 1), ids, clock, NODE.provisioning)).routes(new Metrics(), false).stream()
                .filter(route -> route.path().startsWith("/v1/")).toList();
        server = HttpServer.start(routes, HttpSettings.onPort(0).withBind("127.0.0.1"));
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        server.close();
        NODE.close();
    }

    private static JsonNode ask(Route route, String query) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()
                + route.path().replaceAll("\\{[a-z]+}", "x") + query))
                .header("Authorization", "Bearer " + OWNER).header("Content-Type", "application/json")
                .method(route.method(), BodyPublishers.ofString("{}")).build();
        String body = CLIENT.send(request, BodyHandlers.ofString()).body();
        return Json.parse(body.isEmpty() ? "{}" : body);
    }

    private static String problem(JsonNode answer) {
        return answer.path("status").asInt() + " " + answer.path("code").asString("") + " "
                + answer.path("field").asString("");
    }

    @Test
    void anUnknownParameterIsRefused() throws Exception {
        assertThat(routes).hasSizeGreaterThan(80);
        for (Route route : routes) {
            assertThat(problem(ask(route, "?nonsense=1"))).as(route.method() + " " + route.path())
                    .isEqualTo("400 unknown_field nonsense");
        }
    }

    @Test
    void theOwnProjectMayBeNamedAndNoOther() throws Exception {
        for (Route route : routes.stream().filter(route -> !route.access().equals("public")).toList()) {
            String name = route.method() + " " + route.path();
            for (String other : List.of("other", "ACME")) {
                assertThat(problem(ask(route, "?project=" + other))).as(name).isEqualTo("404 not_found project");
            }
            assertThat(problem(ask(route, "?project=acme&project=acme"))).as(name)
                    .isEqualTo("400 invalid_value project");
            assertThat(problem(ask(route, "?project=acme"))).as(name)
                    .doesNotEndWith(" project").doesNotContain("unknown_field", "internal");
        }
    }
}
