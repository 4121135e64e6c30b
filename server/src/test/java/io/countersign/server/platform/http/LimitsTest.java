package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final CountDownLatch STUCK_NOTICED = new CountDownLatch(1);
    private static final Halt HALT = new Halt();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(Site.of(List.of(
                Route.get("/hello", "public", "Greets", _ -> Reply.text("hello")),
                Route.post("/length", "public", "Counts", r -> Reply.text("length " + r.body().length)),
                Route.post("/unread", "public", "Reads nothing", _ -> Reply.text("unread"))
                        .withMaxBody(100_000),
                Route.get("/endless", "public", "Never ends", _ -> Reply.stream("text/plain", out -> {
                    try {
                        while (out.open()) {
                            out.write(new byte[64 * 1024]);
                        }
                    } catch (IOException e) {
                        STUCK_NOTICED.countDown();
                        throw e;
                    }
                })))), HttpSettings.onPort(0).withLimits(TestServer.SHORT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        String one =
                server.raw("GET /hello HTTP/1.1\r\nHost: a\r\nX-Large: " + "a".repeat(5000) + "\r\n\r\n");
        String many = server.raw("GET /hello HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(1000) + "\r\n");
        for (String answer : List.of(one, many)) {
            assertThat(answer).startsWith("HTTP/1.1 431")
                    .contains("application/problem+json", "headers_too_large");
        }
    }

    @Test
    void manyHeadersWithinTheSizeAreFine() {
        assertThat(server.raw("GET /hello HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(300) + "\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aRequestLineThatIsTooLongIsRefused() {
        assertThat(server.raw("GET /" + "a".repeat(3000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414").contains("request_line_too_long");
    }

    @Test
    void whatIsNotHttpIsRefused() {
        assertThat(server.raw("GET /hello HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(server.raw("GET /hello HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(server.raw("\u0001\u0002\u0003 rubbish\r\n\r\n")).doesNotContain("200 OK");
    }

    @Test
    void aBodyWithTwoFramingsIsRefused() {
        String post = "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n";
        String answer = server.raw(post + "Transfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("hello");
        assertThat(server.raw(post + "Content-Length: 5\r\n\r\nabcde")).startsWith("HTTP/1.1 400");
    }

    @Test
    void theRestOfARefusedBodyIsNotTakenForARequest() {
        String next = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
        String body = next + "a".repeat(70_000);
        String refused = server.raw("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
        assertThat(refused).startsWith("HTTP/1.1 413").contains("body_too_large").doesNotContain("hello");
        for (String ignored : List.of(next, body)) {
            String unread =
                    server.raw("POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: " + ignored.length()
                    + "\r\n\r\n" + ignored);
            assertThat(unread).startsWith("HTTP/1.1 200").contains("unread").doesNotContain("hello");
        }
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInOrder() {
        String post = "POST /length HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        String answers = server.raw(post + "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n" + post);
        assertThat(answers).containsSubsequence("length 5", "hello", "length 5");
    }

    @Test
    void chunksThatAreNotWellFormedAreRefused() {
        for (String chunks : List.of("zz\r\nabc\r\n", "-1\r\nabc\r\n", "1".repeat(3000),
                "ffffffffffffffffff\r\nabc", "\r\n")) {
            assertThat(server.raw("POST /length HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunks))
                    .as(chunks.substring(0, Math.min(10, chunks.length()))).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aClientThatAsksFirstIsToldBeforeItSends() {
        String head = "POST /length HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
        assertThat(server.raw(head + "3\r\n\r\nabc")).startsWith("HTTP/1.1 100").contains("length 3");
        assertThat(server.raw(head + "99999999\r\n\r\n")).startsWith("HTTP/1.1 413")
                .doesNotContain("100 Continue");
    }

    @Test
    void headersThatDripAreCutOff() throws IOException {
        assertThat(drip("GET /hello HTTP/1.1\r\nHost: a\r\n", "A: b\r\n")).isBetween(0.9, 5.0);
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws IOException {
        assertThat(silence("")).isBetween(0.9, 5.0);
        assertThat(silence("GET /hel")).isBetween(0.9, 5.0);
        assertThat(silence("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")).isBetween(0.9, 5.0);
    }

    @Test
    void aBodyThatDripsIsCutOff() throws IOException {
        String head = "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n";
        assertThat(drip(head, "a")).isBetween(0.9, 5.0);
        assertThat(drip(head.replace("Content-Length: 10000", "Transfer-Encoding: chunked"), "1\r\na\r\n"))
                .isBetween(0.9, 5.0);
    }

    @Test
    void aBodyThatStopsIsToldSo() throws IOException {
        try (Socket socket = server.connect()) {
            write(socket, "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 408").contains("request_timeout");
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
        try (Socket socket = server.connect()) {
            write(socket, "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(STUCK_NOTICED.await(15, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void requestsBeyondTheLimitAreBusy() throws Exception {
        Duration time = Duration.ofSeconds(5);
        HttpLimits one = new HttpLimits(4096, 2048, time, time, time, time, 64, 1);
        try (var small = TestServer.of(Site.of(List.of(Route.get("/wait", "public", "Waits", _ -> {
            HALT.enter();
            return Reply.noContent();
        }))), HttpSettings.onPort(0).withLimits(one))) {
            Thread first = Thread.startVirtualThread(() -> small.get("/wait"));
            HALT.awaitEntered();
            var busy = small.get("/wait");
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.body()).contains("\"code\":\"busy\"");
            HALT.leave();
            first.join();
        }
    }

    /** Sends a piece every 100 ms until the server closes; the seconds that took. */
    private static double drip(String head, String piece) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = server.connect()) {
            write(socket, head);
            socket.setSoTimeout(100);
            while (seconds(start) < 10 && stillOpen(socket)) {
                write(socket, piece);
            }
        } catch (IOException _) {
            // Reset: closed as well.
        }
        return seconds(start);
    }

    private static double silence(String text) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = server.connect()) {
            write(socket, text);
            TestServer.readAll(socket);
        }
        return seconds(start);
    }

    private static boolean stillOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read(new byte[4096]) >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
