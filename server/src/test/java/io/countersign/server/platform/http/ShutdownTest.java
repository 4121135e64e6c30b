package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private final Halt halt = new Halt();
    private final List<Route> routes = List.of(
            Route.get("/hello", "public", "Greets", _ -> Reply.text("hello")),
            Route.get("/wait", "public", "Waits", _ -> {
                halt.enter();
                return Reply.text("done");
            }),
            Route.get("/events", "public", "Streams", _ -> Reply.stream("text/event-stream", out -> {
                while (out.open()) {
                    out.heartbeat();
                    Thread.onSpinWait();
                }
            })));

    @Test
    void aRequestInFlightIsFinished() throws Exception {
        try (var server = server(10); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> server.get("/wait"), threads);
            halt.awaitEntered();
            int port = server.server().port();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server.server()::close, threads);
            Await.until(() -> refuses(port));
            assertThat(closed).isNotDone();
            assertThat(answer).isNotDone();
            halt.leave();
            assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("done");
            assertThat(answer.get().headers().firstValue("connection")).hasValue("close");
            long start = System.nanoTime();
            closed.get(20, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void idleConnectionsDoNotDelayIt() throws Exception {
        try (var server = server(10); Socket silent = server.connect(); Socket idle = server.connect()) {
            write(idle, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(idle.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            assertThat(silent.isConnected()).isTrue();
            assertThat(secondsToClose(server)).isLessThan(3);
        }
    }

    @Test
    void anEndlessStreamEndsByItself() throws Exception {
        try (var server = server(10); Socket socket = server.connect()) {
            write(socket, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            Thread reader = Thread.startVirtualThread(() -> drain(socket));
            assertThat(secondsToClose(server)).isLessThan(3);
            reader.join();
        }
    }

    @Test
    void whatDoesNotFinishInTimeIsCutOff() throws Exception {
        try (var server = server(1); Socket socket = server.connect()) {
            write(socket, "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
            halt.awaitEntered();
            assertThat(secondsToClose(server)).isBetween(0.9, 4.0);
            // It may be told so, if there is time left for that; it is never left waiting.
            assertThat(TestServer.readAll(socket)).matches("(?s)|HTTP/1.1 503 .*");
        }
    }

    private TestServer server(int graceSeconds) {
        return TestServer.of(Site.of(routes),
                HttpSettings.onPort(0).withShutdownGrace(Duration.ofSeconds(graceSeconds)));
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static double secondsToClose(TestServer server) {
        long start = System.nanoTime();
        server.server().close();
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean refuses(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (IOException _) {
            return true;
        }
    }

    private static void drain(Socket socket) {
        try {
            TestServer.readAll(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
