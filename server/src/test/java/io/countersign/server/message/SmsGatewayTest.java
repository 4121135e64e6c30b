package io.countersign.server.message;

import static io.countersign.server.message.SmsSamples.LONG;
import static io.countersign.server.message.SmsSamples.hold;
import static io.countersign.server.message.SmsSamples.pause;
import static io.countersign.server.message.SmsSamples.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.server.message.HandOver.Accepted;
import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsGatewayTest {
    private static final String CREATED = "{\"sid\": \"SM42\", \"status\": \"queued\", \"error_code\": null}";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Answer answer = (exchange, _) -> reply(exchange, 201, CREATED);

    private interface Answer {
        void give(HttpExchange exchange, String body) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            answer.give(exchange, body);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theRequestIsThatOfTheWidespreadApi() {
        answer = (exchange, body) -> {
            seen.add(body);
            reply(exchange, 201, CREATED);
        };
        try (var gateway = gateway(Optional.empty(), LONG)) {
            var outcome = gateway.handOver(sms("Code 1 & 2 = ä€\n😀"));
            assertThat(outcome).isInstanceOfSatisfying(Accepted.class, accepted -> {
                assertThat(accepted.reply().code()).isEqualTo(201);
                assertThat(accepted.reply().text()).isEqualTo("accepted as SM42");
            });
        }
        assertThat(seen.get(0)).isEqualTo("POST /base/2010-04-01/Accounts/AC1/Messages.json"
                + " application/x-www-form-urlencoded Basic QUMxOnRvazplbg==");
        assertThat(List.of(seen.get(1).split("&")))
                .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                .containsExactly("To=+4915112345678", "From=ACME", "Body=Code 1 & 2 = ä€\n😀");
    }

    @ParameterizedTest(name = "from {0} is sent as {1}")
    @CsvSource({"+4930901820,From=%2B4930901820",
        "MG0123456789abcdef0123456789ABCDEF,MessagingServiceSid=MG0123456789abcdef0123456789ABCDEF",
        "Shop 1,From=Shop+1"})
    void theSenderOfTheSetUpWins(String from, String field) {
        answer = (exchange, body) -> {
            seen.add(body);
            reply(exchange, 201, CREATED);
        };
        try (var gateway = gateway(Optional.of(from), LONG)) {
            assertThat(gateway.handOver(sms("x"))).isInstanceOf(Accepted.class);
        }
        assertThat(seen.get(1)).contains("&" + field + "&").doesNotContain("ACME");
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource({
        "200, {}, accepted", "201, '', accepted", "202, not json, accepted",
        "400, {\"code\": 21211}, refused recipient",
        "400, {\"code\": 21214}, refused recipient",
        "400, {\"code\": 21610}, refused recipient",
        "400, {\"code\": 21614}, refused recipient",
        "400, {\"code\": 21212}, refused sender",
        "400, {\"code\": 21606}, refused sender",
        "400, {\"code\": 21617}, refused message",
        "400, {\"code\": 21408}, refused message",
        "400, {\"code\": 99999}, refused message",
        "400, {\"code\": \"21211\"}, refused message",
        "400, {\"code\": 99999999999}, refused message",
        "400, [1], refused message",
        "400, '{\"code\": 1, \"code\": 2}', refused message",
        "400, '', refused message",
        "400, {\"code\": 21611}, deferred provider",
        "400, {\"code\": 20429}, deferred provider",
        "401, {\"code\": 20003}, deferred provider",
        "402, {}, deferred provider", "403, {}, deferred provider", "404, {}, deferred provider",
        "408, {}, deferred provider", "413, {}, refused message", "422, {}, refused message",
        "429, {\"code\": 20429}, deferred provider",
        "500, oops, deferred provider", "503, {\"code\": 21211}, deferred provider",
        "301, {}, deferred provider", "307, {}, deferred provider", "304, '', deferred provider",
    })
    void anAnswerMeans(int status, String body, String verdict) {
        answer = (exchange, _) -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            reply(exchange, status, body);
        };
        try (var gateway = gateway(Optional.empty(), LONG)) {
            assertThat(words(gateway.handOver(sms("x")))).isEqualTo(verdict);
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void whatTheGatewaySaysIsKeptAsOneShortLine() {
        answer = (exchange, _) -> reply(exchange, 400,
                "{\"code\": 21211, \"message\": \"not\\u0007 a\\r\\nnumber" + "!".repeat(2000) + "\"}");
        try (var gateway = gateway(Optional.empty(), LONG)) {
            var reply = ((HandOver.Refused) gateway.handOver(sms("x"))).reply();
            assertThat(reply.detail()).isEqualTo("21211");
            assertThat(reply.text()).hasSizeLessThanOrEqualTo(500).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @ParameterizedTest(name = "a huge answer with {0}")
    @ValueSource(ints = {201, 500})
    void ofAHugeAnswerOnlyTheBeginningIsRead(int status) {
        var sent = new AtomicInteger();
        answer = (exchange, _) -> {
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] block = new byte[1 << 20];
                for (int i = 0; i < 2000; i++) {
                    out.write(block);
                    sent.incrementAndGet();
                }
            }
        };
        try (var gateway = gateway(Optional.empty(), LONG)) {
            assertThat(words(gateway.handOver(sms("x")))).isEqualTo(status == 201 ? "accepted" : "deferred provider");
        }
        assertThat(sent).hasValueLessThan(2000);
    }

    @Test
    void aGatewayThatDoesNotAnswerEndsInTime() {
        var never = new CountDownLatch(1);
        answer = (_, _) -> hold(never);
        try (var gateway = gateway(Optional.empty(), Duration.ofMillis(400))) {
            assertThat(gateway.handOver(sms("x"))).isInstanceOfSatisfying(Deferred.class,
                    deferred -> assertThat(deferred.concern()).isEqualTo(Concern.PROVIDER));
        } finally {
            never.countDown();
        }
    }

    @Test
    void whatWasTakenIsTakenEvenWhenTheRestOfTheAnswerDoesNotCome() {
        var never = new CountDownLatch(1);
        answer = (exchange, _) -> {
            exchange.sendResponseHeaders(201, 500);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hold(never);
        };
        try (var gateway = gateway(Optional.empty(), Duration.ofSeconds(2))) {
            assertThat(gateway.handOver(sms("x"))).isInstanceOf(Accepted.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aConnectionThatBreaksDefers() throws Exception {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var gateway = gateway(socket.getLocalPort(), LONG)) {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (var connection = socket.accept()) {
                        connection.getInputStream().read();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            assertThat(words(gateway.handOver(sms("x")))).isEqualTo("deferred provider");
        }
    }

    @Test
    void nobodyThereDefers() throws Exception {
        try (var reserved = SmsSamples.portWithoutAnybody(); var gateway = gateway(reserved.getLocalPort(), LONG)) {
            assertThat(words(gateway.handOver(sms("x")))).isEqualTo("deferred provider");
        }
    }

    @Test
    void connectionsAreBounded() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        answer = (exchange, _) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            pause(20);
            now.decrementAndGet();
            reply(exchange, 201, CREATED);
        };
        try (var gateway = gateway(Optional.empty(), LONG); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HandOver> one = () -> gateway.handOver(sms("x"));
            List<Future<HandOver>> all = threads.invokeAll(IntStream.range(0, 30).mapToObj(_ -> one).toList());
            assertThat(all).extracting(Future::resultNow).hasOnlyElementsOfType(Accepted.class);
        }
        assertThat(most.get()).isBetween(2, 4);
    }

    @Test
    void aClosedGatewayDefers() {
        var gateway = gateway(Optional.empty(), LONG);
        gateway.close();
        assertThat(gateway.handOver(sms("x"))).isInstanceOf(Deferred.class);
        gateway.close();
    }

    @Test
    void settingsAreCheckedAndKeepTheirSecret() {
        var settings = settings(URI.create("https://api.example.org/"), Optional.empty(), LONG);
        assertThat(settings.toString()).doesNotContain("tok:en");
        assertThat(settings.messages()).hasToString("https://api.example.org/2010-04-01/Accounts/AC1/Messages.json");
        assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create("ftp://a"), Optional.empty(), LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new SmsGatewaySettings(URI.create("https://a"), "a/b",
                "t", Optional.empty(), 1, LONG));
    }

    private static String words(HandOver outcome) {
        return switch (outcome) {
            case Accepted _ -> "accepted";
            case HandOver.Refused refused -> "refused " + refused.concern().name().toLowerCase(Locale.ROOT);
            case Deferred deferred -> "deferred " + deferred.concern().name().toLowerCase(Locale.ROOT);
            case HandOver.Withheld withheld -> "withheld " + withheld.reason();
        };
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 || status == 304 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private SmsGateway gateway(Optional<String> from, Duration handOver) {
        return new SmsGateway(settings(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base"), from,
                handOver));
    }

    private static SmsGateway gateway(int port, Duration handOver) {
        return new SmsGateway(settings(URI.create("http://127.0.0.1:" + port), Optional.empty(), handOver));
    }

    private static SmsGatewaySettings settings(URI base, Optional<String> from, Duration handOver) {
        return new SmsGatewaySettings(base, "AC1", "tok:en", from, 4, handOver);
    }
}
