package io.countersign.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.http.Json;
import io.countersign.server.project.SetupFixture;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code Idempotency-Key}: what is asked twice is done once, and answered twice. */
final class IdempotencyTest {
    private static final String ANN = "{\"contacts\":{\"email\":\"ann@example.org\"}}";
    private static final String KEYS = "/v1/integrations/website/keys";
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private Answer post(String key, String path, String body) {
        return send(api, Api.OWNER, key, "POST", path, body);
    }

    private static Answer send(Api api, String token, String key, String method, String path, String body) {
        var request = api.request(path).header("Authorization", "Bearer " + token).header("Idempotency-Key", key)
                .header("Content-Type", path.endsWith("/codes") ? "text/csv" : "application/json")
                .method(method, BodyPublishers.ofString(body));
        HttpResponse<String> response = api.exchange(request);
        return new Answer(response.statusCode(), response,
                Json.parse(response.body().isEmpty() ? "null" : response.body()));
    }

    private static String person(String number) {
        return "{\"external_ids\":{\"crm\":\"" + number + "\"}}";
    }

    private long customers() {
        return api.count("select count(*) from customers where project_id = ?", api.project.value());
    }

    private static void isRepeated(Answer first, Answer again) {
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.response().body()).isEqualTo(first.response().body());
        for (String name : List.of("Content-Type", "Location")) {
            assertThat(again.header(name)).isEqualTo(first.header(name));
        }
    }

    @Test
    void aRepeatIsAnsweredAsTheFirstAndDoesNothing() {
        var first = post("k-1", "/v1/customers", ANN);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).isPresent();
        isRepeated(first, post("k-1", "/v1/customers", ANN));
        assertThat(customers()).isOne();
        assertThat(post("k-2", "/v1/customers", person("Bob")).status()).isEqualTo(201);
        assertThat(api.post("/v1/customers", person("Cem")).status()).isEqualTo(201);
        assertThat(customers()).isEqualTo(3);
    }

    @Test
    void whatIsMadeOnceIsNoConflictTheSecondTime() {
        String brand = "{\"slug\":\"outlet\",\"name\":\"Outlet\"}";
        isRepeated(post("b", "/v1/brands", brand), post("b", "/v1/brands", brand));
        assertThat(api.post("/v1/brands", brand).status()).isEqualTo(409);
        String campaign = "{\"slug\":\"c\",\"name\":\"C\",\"kind\":\"automated\",\"brand\":\"shop\"}";
        var made = post("c", "/v1/campaigns", campaign);
        assertThat(made.status()).isEqualTo(201);
        isRepeated(made, post("c", "/v1/campaigns", campaign));
        var changed = send(api, Api.OWNER, "d", "PATCH", "/v1/campaigns/c", "{\"name\":\"D\"}");
        assertThat(changed.status()).isEqualTo(200);
        isRepeated(changed, send(api, Api.OWNER, "d", "PATCH", "/v1/campaigns/c", "{\"name\":\"D\"}"));
        var gone = send(api, Api.OWNER, "e", "DELETE", "/v1/campaigns/c", "");
        assertThat(gone.status()).isEqualTo(204);
        isRepeated(gone, send(api, Api.OWNER, "e", "DELETE", "/v1/campaigns/c", ""));
    }

    @Test
    void aSecretThatIsShownOnceIsShownAgainAndKeptSealed() {
        var first = post("k", KEYS, "{\"name\":\"second\"}");
        isRepeated(first, post("k", KEYS, "{\"name\":\"second\"}"));
        String secret = first.text("secret");
        assertThat(api.send(secret, "GET", "/v1/customers").status()).isEqualTo(200);
        assertThat(api.count("""
                select count(*) from idempotency_keys
                where length(content) > 0 and position(convert_to(?, 'UTF8') in content) = 0""", secret)).isOne();
    }

    @Test
    void theSameKeyIsRefusedForAnotherRequest() {
        post("k", "/v1/customers", ANN);
        for (Answer other : List.of(post("k", "/v1/customers", ANN.replace("ann", "bob")),
                post("k", "/v1/customers?project=acme", ANN), post("k", "/v1/suppressions", ANN),
                send(api, Api.OWNER, "k", "PATCH", "/v1/customers/cus_x", ANN))) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.code()).isEqualTo("idempotency_key_reused");
            assertThat(other.field()).isEqualTo("Idempotency-Key");
        }
        assertThat(customers()).isOne();
    }

    @Test
    void keysOfOneCallerMeanNothingToAnother() {
        String body = "{\"type\":\"email\",\"value\":\"ann@example.org\",\"reason\":\"manual\"}";
        assertThat(send(api, Api.KEY, "k", "POST", "/v1/suppressions", body).status()).isEqualTo(201);
        var operator = send(api, Api.OWNER, "k", "POST", "/v1/suppressions", body);
        assertThat(operator.status()).isEqualTo(200);
        assertThat(operator.header("Idempotent-Replayed")).isEmpty();
        assertThat(send(api, Api.OTHER_KEY, "k", "POST", "/v1/suppressions", body).status()).isEqualTo(201);
        assertThat(send(api, Api.VIEWER, "k", "POST", "/v1/suppressions", body).status()).isEqualTo(403);
    }

    @Test
    void aRefusalIsRepeatedWhenItWouldStand() {
        String bad = "{\"contacts\":{\"email\":\"ann\"}}";
        var first = post("k", "/v1/customers", bad);
        assertThat(first.status()).isEqualTo(400);
        isRepeated(first, post("k", "/v1/customers", bad));
        String path = "/v1/brands/outlet/topics";
        String topic = "{\"slug\":\"t\",\"name\":\"T\"}";
        assertThat(post("t", path, topic).status()).isEqualTo(404);
        api.post("/v1/brands", "{\"slug\":\"outlet\",\"name\":\"Outlet\"}");
        assertThat(post("t", path, topic).status()).isEqualTo(404);
        assertThat(post("u", path, topic).status()).isEqualTo(201);
    }

    @Test
    void whatCameTooSoonMayBeRepeatedWithItsKey() {
        api.apply(api.signUp("ann@example.org"));
        String id = api.get("/v1/customers?email=ann@example.org").json().at("/customers/0/id").stringValue();
        String path = "/v1/customers/" + id + "/opt-in-requests";
        assertThat(post("k", path, "{\"brand\":\"shop\"}").status()).isEqualTo(429);
        api.node.clock.advance(Duration.ofSeconds(61));
        var sent = post("k", path, "{\"brand\":\"shop\"}");
        assertThat(sent.status()).isEqualTo(202);
        isRepeated(sent, post("k", path, "{\"brand\":\"shop\"}"));
    }

    /** The process ended after the work was committed and before its answer was written down. */
    @Test
    void whatIsNotKnownToBeDoneIsNotDoneAgain() {
        post("k", "/v1/customers", ANN);
        api.update("update idempotency_keys set status = null, content = null");
        var soon = post("k", "/v1/customers", ANN);
        assertThat(soon.status()).isEqualTo(409);
        assertThat(soon.code()).isEqualTo("idempotency_in_progress");
        assertThat(soon.header("Retry-After")).contains("2");
        api.node.clock.advance(IdempotentRequests.UNDER_WAY);
        var later = post("k", "/v1/customers", ANN);
        assertThat(later.status()).isEqualTo(409);
        assertThat(later.code()).isEqualTo("idempotency_outcome_unknown");
        assertThat(post("k", "/v1/customers", ANN.replace("ann", "bob")).code()).isEqualTo("idempotency_key_reused");
        assertThat(customers()).isOne();
    }

    @Test
    void aKeyIsAsNewAfterADayAndIsTakenAway() {
        post("k", "/v1/customers", person("Ann"));
        post("l", "/v1/customers", person("Bob"));
        api.node.clock.advance(IdempotentRequests.KEPT.plusSeconds(1));
        assertThat(post("k", "/v1/customers", person("Cem")).status()).isEqualTo(201);
        try (var keeping = new IdempotencyKeeping(api.node.database, api.node.catalogs, api.node.clock)) {
            keeping.clean();
        }
        assertThat(api.count("select count(*) from idempotency_keys")).isOne();
        assertThat(customers()).isEqualTo(3);
    }

    @Test
    void aCrowdOnTwoNodesHasItDoneOnce() throws Exception {
        try (var second = new Api(new SetupFixture(api.node.url)); var crowd = Executors.newFixedThreadPool(12)) {
            List<Callable<Answer>> calls = IntStream.range(0, 36).<Callable<Answer>>mapToObj(i -> () ->
                    send(i % 2 == 0 ? api : second, Api.OWNER, "k-" + i % 3, "POST", "/v1/customers",
                            person("n" + i % 3))).toList();
            for (Future<Answer> call : crowd.invokeAll(calls)) {
                Answer answer = call.get();
                assertThat(answer.status() == 201 || answer.code().equals("idempotency_in_progress"))
                        .as(answer.response().body()).isTrue();
            }
        }
        assertThat(customers()).isEqualTo(3);
    }

    @Test
    void aKeyIs1To255CharactersOfVisibleAscii() {
        for (String bad : List.of("two words", "k\tk", " ", "k".repeat(256))) {
            var answer = post(bad, "/v1/customers", ANN);
            assertThat(answer.code()).as(bad).isEqualTo("invalid_value");
            assertThat(answer.field()).isEqualTo("Idempotency-Key");
        }
        assertThat(post("k".repeat(255), "/v1/customers", ANN).status()).isEqualTo(201);
    }

    @Test
    void aStreamedBodyMayComeWithAKeyWhileItIsSmall() {
        api.post("/v1/promo-pools", "{\"slug\":\"welcome\",\"name\":\"Welcome\"}");
        String path = "/v1/promo-pools/welcome/codes";
        var first = post("k", path, "A\nB");
        assertThat(first.json().path("added").asInt()).isEqualTo(2);
        isRepeated(first, post("k", path, "A\nB"));
        var large = post("l", path, "CODE-1234\n".repeat(IdempotentRequests.LARGEST_BODY / 10 + 1));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("idempotency_body_too_large");
        assertThat(api.count("select count(*) from promo_codes")).isEqualTo(2);
    }

    @Test
    void whatOnlyLooksHasNoUseForAKey() {
        String who = "{\"brand\":\"shop\",\"contacts\":[{\"email\":\"ann@example.org\"}]}";
        assertThat(post("k", "/v1/eligibility", who).status()).isEqualTo(200);
        assertThat(post("k", "/v1/eligibility", who.replace("ann", "bob")).status()).isEqualTo(200);
        assertThat(send(api, Api.OWNER, "k", "GET", "/v1/customers", "").status()).isEqualTo(200);
        assertThat(api.count("select count(*) from idempotency_keys")).isZero();
    }
}
