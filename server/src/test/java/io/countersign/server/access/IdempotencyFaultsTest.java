package io.countersign.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Gathering;
import io.countersign.server.platform.http.HttpServer;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Route;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Guards;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an {@code Idempotency-Key} when a route fails, or answers at great length. */
final class IdempotencyFaultsTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    /** A route that does what the test says. */
    private final class Scripted implements AutoCloseable {
        final AtomicInteger done = new AtomicInteger();
        final HttpClient client = HttpClient.newHttpClient();
        final HttpServer server;
        volatile Callable<Reply> next;

        Scripted() {
            server = HttpServer.start(List.of(Route.post("/v1/things", "operator", "Do what the test says",
                    Guards.of(api.node).editors((_, _) -> {
                        done.incrementAndGet();
                        return next.call();
                    }))), HttpSettings.onPort(0).withBind("127.0.0.1"));
        }

        HttpResponse<String> post(String key, Callable<Reply> work) throws Exception {
            next = work;
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/things"))
                    .header("Authorization", "Bearer " + Api.OWNER).header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    @Test
    void aKeyIsGivenBackWhenNothingWasDoneAndOnlyThen() throws Exception {
        try (var things = new Scripted()) {
            Callable<Reply> fine = () -> Reply.json(201, Json.object());
            List<Callable<Reply>> nothingDone = Stream.of(Problem.RATE_LIMITED, Problem.FORBIDDEN)
                    .<Callable<Reply>>map(problem -> () -> {
                        throw new ProblemException(problem, "Not now.");
                    }).toList();
            for (int i = 0; i < nothingDone.size(); i++) {
                assertThat(things.post("k" + i, nothingDone.get(i)).statusCode()).isGreaterThanOrEqualTo(400);
                assertThat(things.post("k" + i, fine).statusCode()).isEqualTo(201);
            }
            var full = new Gathering<String, String, String>(new Gathering.Bounds(1, 1, 1, 0), _ -> 1, _ -> false,
                    (_, items) -> items);
            assertThat(things.post("crowded", () -> Reply.text(full.submit("line", "item"))).statusCode())
                    .isEqualTo(500);
            assertThat(things.post("crowded", fine).statusCode()).isEqualTo(201);
            int before = things.done.get();
            assertThat(things.post("fault", () -> {
                throw new IllegalStateException("after the work was done");
            }).statusCode()).isEqualTo(500);
            assertThat(things.post("fault", fine).statusCode()).isEqualTo(409);
            assertThat(things.post("busy", () -> {
                throw new ProblemException(Problem.BUSY, "After the work, before the answer.");
            }).statusCode()).isEqualTo(503);
            assertThat(things.post("busy", fine).body()).contains("idempotency_in_progress");
            assertThat(things.done.get()).isEqualTo(before + 2);
        }
    }

    @Test
    void anAnswerThatIsTooLargeToKeepIsToldToBeSo() throws Exception {
        try (var things = new Scripted()) {
            assertThat(things.post("k", () -> Reply.text("x".repeat(1024 * 1024 + 1))).statusCode()).isEqualTo(200);
            var again = things.post("k", () -> Reply.text("y"));
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains("\"code\":\"idempotency_answer_not_kept\"", "\"answered\":200");
            assertThat(things.done.get()).isOne();
        }
    }
}
