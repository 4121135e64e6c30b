package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.dkim.SetUpPairs;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.Passwords;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Policies;
import io.countersign.server.project.Provisioning;
import io.countersign.server.testing.CommittedPage;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestPostgres;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutesReferenceTest {
    /** The surfaces, by how their paths begin; the first that fits counts. */
    private static final Map<String, String> SURFACES = new LinkedHashMap<>();

    static {
        SURFACES.put("/api/newsletter-form/", "Forms of other sites");
        SURFACES.put("/api/v1/", "Loops");
        SURFACES.put("/api/", "Client API");
        SURFACES.put("/v1/", "API");
        SURFACES.put("/v3/", "Operations");
        SURFACES.put("/f/", "People");
        SURFACES.put("/c/", "People");
        SURFACES.put("/p/", "People");
        SURFACES.put("/u/", "People");
        SURFACES.put("/t/", "People");
        SURFACES.put("/v/", "People");
        SURFACES.put("/privacy/", "People");
        SURFACES.put("/tickets", "Landing pages of other sites");
        SURFACES.put("/tracker.js", "Landing pages of other sites");
        SURFACES.put("/console", "Console");
        SURFACES.put("/mail", "Mail catcher");
        SURFACES.put("/", "The server itself");
    }

    private static Database database;
    private static Catalogs catalogs;
    private static List<Route> routes;

    @BeforeAll
    static void wire() {
        database = TestPostgres.database();
        catalogs = Catalogs.load(database);
        var clock = new SettableClock(TestClock.standing());
        var random = new SecureRandom();
        var ids = new Ids(clock, random);
        var secrets = new Secrets(new byte[32], random);
        var customers = new Customers(database, secrets, ids, clock,
                project -> Policies.of(catalogs.current(), project));
        var core = new Wiring.Core(database, secrets, catalogs, customers, new Door(customers, 1), ids, clock,
                new Provisioning(database, catalogs, new Provisioning.Tools(secrets, new Passwords(random, 1),
                        new SetUpPairs()), clock));
        routes = new Wiring(core).routes(new Metrics(), true);
    }

    @AfterAll
    static void close() {
        catalogs.close();
        database.close();
    }

    @Test
    void thePageIsTheRouteTable() {
        var page = new CommittedPage("routes.md", "Routes", getClass()).paragraph("""
                Every path that the server answers. `{name}` stands for one segment, `{name*}` for the
                rest of the path. A `GET` route answers `HEAD` as well, and every path answers `OPTIONS`.
                A larger body than the one named is answered 413. No `GET` or `HEAD` changes anything.""")
                .paragraph("""
                *Access*: `public` for anybody; `key` for an integration's key and `operator` for an
                operator's token, either as `Authorization: Bearer ...`; `loopback` only from the machine
                itself, others get 404.""");
        bySurface().forEach((surface, of) -> page.heading(surface).table(
                List.of("Method", "Path", "Access", "Largest body", "What it does"),
                of.stream().map(RoutesReferenceTest::row).toList()));
        page.mustBeCommitted();
    }

    @Test
    void everyRouteIsDescribed() {
        assertThat(routes).hasSizeGreaterThan(15).allSatisfy(route -> {
            assertThat(route.summary()).as(route.path()).isNotBlank().doesNotEndWith(".");
            assertThat(route.access()).as(route.path())
                    .isIn("public", "key", "operator", "key or operator", "loopback");
        });
    }

    private static Map<String, List<Route>> bySurface() {
        var surfaces = new LinkedHashMap<String, List<Route>>();
        SURFACES.values().forEach(surface -> surfaces.putIfAbsent(surface, new ArrayList<>()));
        routes.stream().sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .forEach(route -> surfaces.get(surface(route)).add(route));
        surfaces.values().removeIf(List::isEmpty);
        return surfaces;
    }

    private static String surface(Route route) {
        return SURFACES.entrySet().stream().filter(start -> route.path().startsWith(start.getKey()))
                .findFirst()
                .orElseThrow().getValue();
    }

    private static List<String> row(Route route) {
        return List.of(route.method(), "`" + route.path() + "`", route.access(),
                route.method().equals("GET") ? "" : size(route.maxBody()), route.summary());
    }

    private static String size(long bytes) {
        return bytes % (1024 * 1024) == 0 ? bytes / 1024 / 1024 + " MiB"
                : bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " bytes";
    }
}
