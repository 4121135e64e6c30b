package io.countersign.server.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Products, what customers did with them, points: what recommendations and balances in messages are made of. */
final class ProductsTest {
    private static final Needed ALL = new Needed(Set.of(), OfferStore.ALGORITHMS, true);

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private Answer feed(String lines) {
        var response = api.exchange(api.request("/v1/products").header("Authorization", "Bearer " + Api.KEY)
                .header("Content-Type", "application/x-ndjson").PUT(BodyPublishers.ofString(lines)));
        return new Answer(response.statusCode(), response, Json.parse(response.body()));
    }

    private static String product(String id) {
        return "{\"id\":\"" + id + "\",\"name\":\"Product " + id + "\",\"url\":\"https://shop.test/" + id
                + "\",\"price\":12.50,\"currency\":\"EUR\"}\n";
    }

    private UUID customer(String email) {
        return Ids.parse("cus", api.post("/v1/customers", "{\"contacts\":{\"email\":\"" + email + "\"}}").text("id"))
                .orElseThrow();
    }

    private Answer act(String... actions) {
        return api.send(Api.KEY, "POST", "/v1/actions", "{\"actions\":[" + String.join(",", actions) + "]}");
    }

    private static String did(String email, String action, String product) {
        return "{\"email\":\"" + email + "\",\"action\":\"" + action + "\",\"product\":\"" + product + "\"}";
    }

    private UUID merged(UUID one, UUID other) {
        return api.apply(Submission.of(api.command(new Who.ById(one), new Change.MergeWith(other)))).customer()
                .orElseThrow();
    }

    private PersonOffers offers(UUID customer) {
        return api.node.database.with(tx -> OfferStore.find(tx, api.project, ALL, List.of(customer),
                api.node.clock.instant())).get(customer);
    }

    private List<String> recommended(UUID customer, String algorithm) {
        return offers(customer).recommendations().get(algorithm).stream().map(Product::id).toList();
    }

    @Test
    void aFeedReplacesAllProductsWhenTheWholeOfItIsThere() {
        assertThat(feed(product("a") + product("b")).json().toString()).isEqualTo("{\"products\":2,\"gone\":0}");
        api.node.clock.advance(Duration.ofMinutes(1));
        var broken = feed(product("c") + "{\"id\":\"d\"}\n");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.text("detail")).startsWith("Line 2: ");
        assertThat(api.get("/v1/products").json().path("products")).hasSize(2);
        assertThat(feed(product("b") + product("c")).json().toString()).isEqualTo("{\"products\":2,\"gone\":1}");
        assertThat(api.get("/v1/products/a").status()).isEqualTo(404);
        assertThat(api.get("/v1/products/c").json().path("price").asString()).isEqualTo("12.5");
        assertThat(api.send(Api.OTHER_KEY, "GET", "/v1/products").json().path("products")).isEmpty();
    }

    @Test
    void oneProductComesAndGoesByItself() {
        assertThat(api.send(Api.OWNER, "PUT", "/v1/products/x",
                "{\"name\":\"X\",\"url\":\"https://shop.test/x\"}").status()).isEqualTo(200);
        assertThat(api.send(Api.VIEWER, "DELETE", "/v1/products/x").status()).isEqualTo(403);
        assertThat(api.delete("/v1/products/x").status()).isEqualTo(204);
        assertThat(api.delete("/v1/products/x").status()).isEqualTo(404);
    }

    @Test
    void recommendationsComeFromWhatCustomersDid() {
        feed(product("a") + product("b") + product("c"));
        UUID ann = customer("ann@example.org");
        UUID bob = customer("bob@example.org");
        assertThat(act(did("ann@example.org", "viewed", "a"), did("ann@example.org", "viewed", "gone"),
                did("nobody@example.org", "viewed", "a")).json().toString()).isEqualTo("{\"unknown\":[2],\"taken\":2}");
        api.node.clock.advance(Duration.ofSeconds(1));
        act(did("ann@example.org", "viewed", "b"), did("bob@example.org", "bought", "c"));
        new OfferKeeping(api.node.database, api.node.catalogs, api.node.clock).look();
        assertThat(recommended(ann, "popular")).containsExactly("c", "a", "b");
        assertThat(recommended(ann, "recently_viewed")).containsExactly("b", "a");
        assertThat(recommended(bob, "recently_viewed")).isEmpty();
        api.node.clock.advance(Duration.ofSeconds(1));
        act(did("ann@example.org", "bought", "b"));
        assertThat(recommended(ann, "recently_viewed")).containsExactly("a");
        assertThat(recommended(merged(bob, ann), "recently_viewed")).containsExactly("a");
    }

    @Test
    void whatIsOldIsForgotten() {
        feed(product("a"));
        customer("ann@example.org");
        act(did("ann@example.org", "viewed", "a"));
        api.node.clock.advance(Duration.ofDays(181));
        new OfferKeeping(api.node.database, api.node.catalogs, api.node.clock).look();
        assertThat(api.count("select count(*) from product_actions")).isZero();
        assertThat(api.count("select count(*) from popular_products")).isZero();
    }

    @Test
    void pointsAreWhatAnIntegrationSets() {
        UUID ann = customer("ann@example.org");
        String path = "/v1/customers/" + Ids.show("cus", ann) + "/points";
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.send(Api.KEY, "PUT", path, "{\"balance\":120.5,\"expires_at\":\"2026-12-31T23:00:00Z\"}")
                .json().toString()).isEqualTo("{\"balance\":120.5,\"expires_at\":\"2026-12-31T23:00:00Z\"}");
        assertThat(offers(ann).points().orElseThrow().balance()).isEqualByComparingTo("120.5");
        UUID bob = customer("bob@example.org");
        UUID both = merged(bob, ann);
        assertThat(offers(both).points().orElseThrow().balance()).isEqualByComparingTo("120.5");
        assertThat(api.send(Api.OTHER_KEY, "GET", path).status()).isEqualTo(404);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(offers(both).points()).isEmpty();
    }

    @Test
    void aBalanceIsReadStrictly() {
        String path = "/v1/customers/" + Ids.show("cus", customer("ann@example.org")) + "/points";
        each("""
            {"balance":-1}                                   | balance
            {"balance":"many"}                               | balance
            {"balance":1e300}                                | balance
            {"balance":1.00001}                              | balance
            {"balance":1,"expires_at":"soon"}                | expires_at
            {"balance":1,"expires_at":"+99999-01-01T00:00:00Z"} | expires_at
            {"expires_at":"2026-12-31T23:00:00Z"}            | balance
            """, (body, field) -> {
            var answer = api.send(Api.KEY, "PUT", path, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field()).isEqualTo(field);
        });
    }

    @Test
    void aProductIsReadStrictly() {
        each("""
            {"name":"X","url":"javascript:alert(1)"}                                   | url
            {"name":"X","url":"https://user:word@shop.test/"}                          | url
            {"name":"X","url":"/x"}                                                    | url
            {"name":"X","url":"https://shop.test/","image_url":"data:x"}               | image_url
            {"name":"X","url":"https://shop.test/","price":"1"}                        | price
            {"name":"X","url":"https://shop.test/","currency":"euro"}                  | currency
            {"name":"X","url":"https://shop.test/","id":"y"}                           | id
            {"url":"https://shop.test/"}                                               | name
            """, (body, field) -> {
            var answer = api.send(Api.KEY, "PUT", "/v1/products/x", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field()).isEqualTo(field);
        });
    }

    @Test
    void anActionIsReadStrictly() {
        each("""
            {"email":"a@example.org","phone":"+4915112345678","action":"viewed","product":"a"} | actions[0].customer
            {"action":"viewed","product":"a"}                                                  | actions[0].customer
            {"email":"a@example.org","action":"licked","product":"a"}                          | actions[0].action
            {"email":"a@example.org","action":"viewed"}                                        | actions[0].product
            {"email":"a@example.org","action":"viewed","product":"a","at":"2036-01-01T00:00:00Z"} | actions[0].at
            {"external":"crm","action":"viewed","product":"a"}                                 | actions[0].external
            {"customer":"42","action":"viewed","product":"a"}                                  | actions[0].customer
            """, (body, field) -> {
            var answer = act(body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field()).isEqualTo(field);
        });
    }

    private static void each(String table, BiConsumer<String, String> check) {
        table.lines().map(line -> line.split("\\|")).forEach(row -> check.accept(row[0].strip(), row[1].strip()));
    }
}
