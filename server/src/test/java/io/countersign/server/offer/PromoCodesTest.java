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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promo codes: filled in, given out once each, read with the customer whom somebody was merged into. */
final class PromoCodesTest {
    private final Api api = new Api();

    @BeforeEach
    void pool() {
        assertThat(api.post("/v1/promo-pools", "{\"slug\":\"welcome\",\"name\":\"Welcome\"}").status()).isEqualTo(201);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Answer fill(String lines) {
        var response = api.exchange(api.request("/v1/promo-pools/welcome/codes")
                .header("Authorization", "Bearer " + Api.OWNER).header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(lines)));
        return new Answer(response.statusCode(), response,
                Json.parse(response.body()));
    }

    private String customer(String email) {
        return api.post("/v1/customers", "{\"contacts\":{\"email\":\"" + email + "\"}}").text("id");
    }

    private Answer issue(String customer, String key) {
        var request = api.request("/v1/customers/" + customer + "/promo-codes")
                .header("Authorization", "Bearer " + Api.KEY).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"pool\":\"welcome\"}"));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        var response = api.exchange(request);
        return new Answer(response.statusCode(), response,
                Json.parse(response.body()));
    }

    @Test
    void aFileOfCodesTellsWhatWasNewKnownAndRefused() {
        var first = fill("\uFEFFAAA-1\r\nAAA-2\n\nAAA-1\nwith blank\nAAA-3");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().toString()).isEqualTo("{\"added\":3,\"known\":1,\"refused\":1,\"refused_lines\":[5]}");
        assertThat(fill("AAA-3\nAAA-4").json().path("added").asInt()).isEqualTo(1);
        assertThat(api.get("/v1/promo-pools/welcome").json().path("free").asInt()).isEqualTo(4);
    }

    @Test
    void aRepeatOfARequestGetsTheSameCodeAndAnotherRequestTheNext() {
        fill("A\nB\nC");
        String ann = customer("ann@example.org");
        assertThat(issue(ann, "order-1").status()).isEqualTo(201);
        assertThat(issue(ann, "order-1").text("code")).isEqualTo("A");
        assertThat(issue(ann, "order-2").text("code")).isEqualTo("B");
        String bob = customer("bob@example.org");
        assertThat(issue(bob, "order-1").code()).isEqualTo("idempotency_key_reused");
        api.node.clock.advance(Duration.ofHours(25));
        var muchLater = issue(ann, "order-1");
        assertThat(muchLater.status()).isEqualTo(200);
        assertThat(muchLater.text("code")).isEqualTo("A");
        assertThat(issue(bob, "order-3").text("code")).isEqualTo("C");
        var empty = issue(ann, null);
        assertThat(empty.status()).isEqualTo(409);
        assertThat(empty.field()).isEqualTo("pool");
        assertThat(api.get("/v1/customers/" + ann).json().path("history").toString()).contains("promo_code_issued");
    }

    /** An integration has one; an operator names it, unless there is no other. */
    @Test
    void aCodeIsGivenOutInTheNameOfABrand() {
        fill("A\nB");
        String path = "/v1/customers/" + customer("ann@example.org") + "/promo-codes";
        assertThat(api.post(path, "{\"pool\":\"welcome\"}").field()).isEqualTo("brand");
        assertThat(api.post(path, "{\"pool\":\"welcome\",\"brand\":\"none\"}").field()).isEqualTo("brand");
        assertThat(api.post(path, "{\"pool\":\"welcome\",\"brand\":\"shop\"}").status()).isEqualTo(201);
        api.send(Api.OTHER_OWNER, "POST", "/v1/promo-pools", "{\"slug\":\"welcome\",\"name\":\"Welcome\"}");
        api.update("""
                insert into promo_codes (project_id, pool_id, code)
                select project_id, pool_id, 'O' from promo_pools where project_id <> ?""", api.project.value());
        String other = api.send(Api.OTHER_OWNER, "POST", "/v1/customers",
                "{\"contacts\":{\"email\":\"oda@example.org\"}}").text("id");

        assertThat(api.send(Api.OTHER_OWNER, "POST", "/v1/customers/" + other + "/promo-codes",
                "{\"pool\":\"welcome\"}").text("code")).isEqualTo("O");
    }

    @Test
    void aCrowdGetsEachCodeOnce() throws Exception {
        fill(IntStream.range(0, 200).mapToObj(i -> "CODE" + i).collect(Collectors.joining("\n")));
        List<String> people = IntStream.range(0, 8).mapToObj(i -> customer("p" + i + "@example.org")).toList();
        var codes = new HashSet<String>();
        try (var crowd = Executors.newFixedThreadPool(16)) {
            List<Callable<Answer>> calls = IntStream.range(0, 210)
                    .<Callable<Answer>>mapToObj(i -> () -> issue(people.get(i % people.size()), null)).toList();
            int refused = 0;
            for (Future<Answer> call : crowd.invokeAll(calls)) {
                if (call.get().status() == 201) {
                    assertThat(codes.add(call.get().text("code"))).isTrue();
                } else {
                    assertThat(call.get().status()).isEqualTo(409);
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(10);
        }
        assertThat(codes).hasSize(200);
    }

    @Test
    void theSameRequestAtOnceGetsOneCode() throws Exception {
        fill("A\nB\nC\nD\nE\nF\nG\nH");
        String ann = customer("ann@example.org");
        try (var crowd = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> calls = IntStream.range(0, 8)
                    .<Callable<Answer>>mapToObj(_ -> () -> issue(ann, "order")).toList();
            Set<String> codes = new HashSet<>();
            for (Future<Answer> call : crowd.invokeAll(calls)) {
                codes.add(call.get().text("code"));
            }
            codes.remove("idempotency_in_progress");
            assertThat(codes).hasSize(1);
        }
        assertThat(api.count("select count(*) from promo_codes where issued_at is not null")).isOne();
    }

    @Test
    void whoHasNoCodeGetsOneWithAMessageAndKeepsIt() {
        fill("A\nB");
        UUID ann = Ids.parse("cus", customer("ann@example.org")).orElseThrow();
        UUID bob = Ids.parse("cus", customer("bob@example.org")).orElseThrow();
        UUID eve = Ids.parse("cus", customer("eve@example.org")).orElseThrow();
        for (int tries = 0; tries < 2; tries++) {
            api.node.database.transaction(tx -> {
                OfferStore.issue(tx, api.project, Set.of("welcome", "nowhere"), List.of(ann, bob),
                        api.node.clock.instant());
                return null;
            });
        }
        assertThat(api.count("select count(*) from promo_codes where issued_at is not null")).isEqualTo(2);
        var offers = api.node.database.with(tx -> OfferStore.find(tx, api.project,
                new Needed(Set.of("welcome"), Set.of(), false), List.of(ann, bob, eve), api.node.clock.instant()));
        assertThat(List.of(offers.get(ann).promoCodes().get("welcome"), offers.get(bob).promoCodes().get("welcome")))
                .containsExactlyInAnyOrder("A", "B");
        assertThat(offers.get(eve).promoCodes()).isEmpty();
    }

    @Test
    void theSurvivorOfAMergeHasTheCodesAndErasureLeavesThemGivenOut() {
        fill("A\nB");
        String ann = customer("ann@example.org");
        String bob = customer("bob@example.org");
        issue(bob, "one");
        UUID survivor = Ids.parse("cus", ann).orElseThrow();
        UUID loser = Ids.parse("cus", bob).orElseThrow();
        api.apply(Submission.of(api.command(new Who.ById(survivor), new Change.MergeWith(loser))));
        assertThat(api.get("/v1/customers/" + ann + "/promo-codes").json().at("/promo_codes/0/code").asString())
                .isEqualTo("A");
        assertThat(api.send(Api.VIEWER, "GET", "/v1/customers/" + ann + "/promo-codes").json()
                .at("/promo_codes/0/code").asString()).isEqualTo("...A");
        assertThat(api.delete("/v1/customers/" + ann).status()).isEqualTo(204);
        assertThat(api.count("select count(*) from promo_codes where issued_at is not null and customer_id is null"))
                .isOne();
        assertThat(issue(customer("eve@example.org"), null).text("code")).isEqualTo("B");
    }

    @Test
    void aPoolGoesOnlyWhileNothingWasGivenOut() {
        fill("A\nB");
        issue(customer("ann@example.org"), null);
        assertThat(api.delete("/v1/promo-pools/welcome").status()).isEqualTo(409);
        assertThat(api.get("/v1/promo-pools/welcome").json().path("free").asInt()).as("nothing was taken").isOne();
        api.post("/v1/promo-pools", "{\"slug\":\"unused\"}");
        assertThat(api.delete("/v1/promo-pools/unused").status()).isEqualTo(204);
        assertThat(api.delete("/v1/promo-pools/unused").status()).isEqualTo(404);
    }

    @Test
    void poolsAndCodesAreListedPageByPage() {
        api.post("/v1/promo-pools", "{\"slug\":\"birthday\"}");
        var pools = api.get("/v1/promo-pools?limit=1");
        assertThat(pools.json().at("/promo_pools/0/slug").asString()).isEqualTo("birthday");
        var last = api.get("/v1/promo-pools?limit=1&cursor=" + pools.text("next"));
        assertThat(last.json().at("/promo_pools/0/slug").asString()).isEqualTo("welcome");
        assertThat(last.json().path("next").isNull()).isTrue();
        fill("A\nB\nC");
        String path = "/v1/customers/" + customer("ann@example.org") + "/promo-codes";
        String ann = path.split("/")[3];
        issue(ann, null);
        issue(ann, null);
        issue(ann, null);
        var codes = api.get(path + "?limit=2");
        assertThat(codes.json().path("promo_codes").size()).isEqualTo(2);
        assertThat(codes.json().at("/promo_codes/0/code").asString()).isEqualTo("C");
        var rest = api.get(path + "?limit=2&cursor=" + codes.text("next"));
        assertThat(rest.json().at("/promo_codes/0/code").asString()).isEqualTo("A");
        assertThat(rest.json().path("next").isNull()).isTrue();
        for (String cursor : List.of("AA", "eHl6", "_w")) {
            assertThat(api.get(path + "?cursor=" + cursor).code()).isEqualTo("invalid_value");
            assertThat(api.get(path + "?cursor=" + cursor).field()).isEqualTo("cursor");
        }
        assertThat(api.get("/v1/promo-pools?cursor=AA").code()).as("U+0000").isEqualTo("invalid_value");
    }

    @Test
    void anotherProjectSeesNothing() {
        fill("A");
        String ann = customer("ann@example.org");
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/promo-pools/welcome").status()).isEqualTo(404);
        assertThat(api.send(Api.OTHER_KEY, "POST", "/v1/customers/" + ann + "/promo-codes", "{\"pool\":\"welcome\"}")
                .status()).isEqualTo(404);
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/customers/" + ann + "/promo-codes").status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongWithAPoolIsNamed() {
        refused("{\"name\":\"x\"}", 400, "missing_field", "slug");
        refused("{\"slug\":\"Big Letters\"}", 400, "invalid_value", "slug");
        refused("{\"slug\":\"welcome\"}", 409, "conflict", "slug");
        refused("{\"slug\":\"a\",\"colour\":\"red\"}", 400, "unknown_field", "colour");
    }

    private void refused(String body, int status, String code, String field) {
        var answer = api.post("/v1/promo-pools", body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.field()).isEqualTo(field);
    }
}
