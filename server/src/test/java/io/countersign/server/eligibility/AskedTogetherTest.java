package io.countersign.server.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Questions that come at the same time share a statement: nobody gets another's answer, or one of before. */
final class AskedTogetherTest {
    private static final int CROWD = 64;
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static void everybody(Callable<Void> task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Void>>();
            for (int i = 0; i < CROWD; i++) {
                all.add(threads.submit(task));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    private static String create(String email, String status) {
        var created = api.post("/v1/customers", """
                {"contacts":{"email":"%s"},"subscriptions":[{"brand":"shop","channel":"email","status":"%s"}]}"""
                .formatted(email, status));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.text("id");
    }

    private static JsonNode ask(String email, String more) {
        var answer = api.send(Api.KEY, "GET", "/v1/eligibility?channel=email&email=" + email + more);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void eachIsToldOfThePersonAndTheMessageThatWereAskedAbout() throws Exception {
        var statuses = List.of("subscribed", "unsubscribed", "requires_confirmation");
        var ids = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            ids.add(create("together" + i + "@example.org", statuses.get(i % 3)));
        }
        everybody(() -> {
            for (int i = 0; i < 12; i++) {
                String email = "together" + i + "@example.org";
                JsonNode standard = ask(email, "");
                assertThat(standard.path("customer").asString()).isEqualTo(ids.get(i));
                assertThat(standard.path("contact").path("value").asString()).isEqualTo(email);
                assertThat(standard.path("subscription").asString()).isEqualTo(statuses.get(i % 3));
                assertThat(standard.path("eligible").booleanValue()).isEqualTo(i % 3 == 0);
                JsonNode asking = ask(email, "&kind=opt_in&topic=news");
                assertThat(asking.path("customer").asString()).isEqualTo(ids.get(i));
                assertThat(asking.path("topic").asString()).isEqualTo("news");
                assertThat(asking.path("eligible").booleanValue()).isEqualTo(i % 3 == 2);
            }
            return null;
        });
    }

    @Test
    void whatWasAnsweredAsDoneIsSeenByWhoeverAsksNext() throws Exception {
        everybody(() -> {
            String email = "meanwhile" + Thread.currentThread().threadId() + "@example.org";
            String id = create(email, "subscribed");
            for (int i = 0; i < 4; i++) {
                boolean subscribed = i % 2 == 1;
                assertThat(ask(email, "").path("eligible").booleanValue()).isNotEqualTo(subscribed);
                assertThat(api.patch("/v1/customers/" + id, """
                        {"subscriptions":[{"brand":"shop","channel":"email","status":"%s"}]}"""
                        .formatted(subscribed ? "subscribed" : "unsubscribed")).status()).isEqualTo(200);
                assertThat(ask(email, "").path("eligible").booleanValue()).isEqualTo(subscribed);
            }
            return null;
        });
    }
}
