package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Asynchronous calls that were accepted are carried out, and once, though the server dies in the middle. */
@Execution(ExecutionMode.CONCURRENT)
class AsyncOperationsCrashTest {
    private static final int CALLS = Scale.of(1_000, 10_000);
    private static final int CLIENTS = 16;
    private static final int EXAMINED = 100;
    private static final String VERIFY = "        verify: { email: true, mobile: true }";

    @Test
    void acceptedCallsOutliveTheServerAndAreCarriedOutOnce() throws Exception {
        killedInTheMiddle(ServerProcess::kill9);
    }

    @Test
    void acceptedCallsOutliveServerAndPostgresAndAreCarriedOutOnce() throws Exception {
        killedInTheMiddle(ServerProcess::kill9WithPostgres);
    }

    /** A repeated registration would be refused, and so be seen in the log. */
    private static void killedInTheMiddle(Consumer<ServerProcess> kill) throws Exception {
        try (var sink = SmtpSink.start(); var server = ServerProcess.start(Provision.shop(sink).with(VERIFY, VERIFY
                + "\n        operations: [ { name: Website.Register, step: register } ]"))) {
            var accepted = accepted(server, kill);
            assertThat(accepted.size()).isBetween(CALLS / 2, CALLS - 1);

            var api = new Api(server.restart().base());
            Await.until("an empty queue", () -> page(api, "state=queued&limit=1").path("operation_calls").isEmpty());
            Map<String, JsonNode> log = log(api);
            assertThat(log.keySet()).containsAll(accepted.values());
            assertThat(log.values()).allMatch(call -> call.path("status").asString().equals("Success")
                    && call.path("attempts").intValue() == 1);
            assertThat(api.addresses()).doesNotHaveDuplicates().containsAll(accepted.keySet());
            for (String email : accepted.keySet().stream().limit(EXAMINED).toList()) {
                assertThat(api.customer(email).path("history").valueStream()
                        .filter(entry -> entry.path("kind").asString().equals("customer"))).as(email).hasSize(1);
            }
        }
    }

    /** The addresses that were accepted before the end, with the ids of their calls. */
    private static Map<String, String> accepted(ServerProcess server, Consumer<ServerProcess> kill) throws Exception {
        var accepted = new ConcurrentHashMap<String, String>();
        var next = new AtomicInteger();
        var api = new Api(server.base());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                clients.submit(() -> {
                    for (int i = next.getAndIncrement(); i < CALLS; i = next.getAndIncrement()) {
                        register(api, "async" + i + "@example.org", accepted);
                    }
                });
            }
            Await.until("half of the calls", () -> accepted.size() >= CALLS / 2);
            kill.accept(server);
            clients.shutdown();
            assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }
        return accepted;
    }

    private static void register(Api api, String email, Map<String, String> accepted) {
        try {
            var answer = api.send(api.request("/v3/operations/async?endpointId=website&operation=Website.Register")
                    .header("Authorization", "SecretKey " + Provision.KEY).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"customer\":{\"email\":\"" + email + "\"}}")));
            if (answer.status() == 200) {
                accepted.put(email, answer.json().path("operationCallId").asString());
            }
        } catch (IOException e) {
            // The server died before it answered: it has promised nothing.
        }
    }

    private static Map<String, JsonNode> log(Api api) throws IOException {
        var log = new ConcurrentHashMap<String, JsonNode>();
        String cursor = "";
        do {
            JsonNode page = page(api, "limit=200" + cursor);
            page.path("operation_calls").forEach(call -> log.put(call.path("id").asString(), call));
            cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        return log;
    }

    private static JsonNode page(Api api, String query) throws IOException {
        var answer = api.asOperator("/v1/operation-calls?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
