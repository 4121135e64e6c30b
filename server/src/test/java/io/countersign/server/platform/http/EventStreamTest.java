package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private final SynchronousQueue<String> progress = new SynchronousQueue<>();
    private final CountDownLatch noticed = new CountDownLatch(1);

    @Test
    void eventsAreReadAsTheyCome() throws Exception {
        try (var server = server(); Socket socket = server.connect()) {
            BufferedReader reader = open(socket);
            for (int i = 0; i < 5; i++) {
                // The server has written nothing further when this event is read: it waits for the next
                // progress.
                assertThat(progress.offer("row " + i + "\nof 5", 20, TimeUnit.SECONDS)).isTrue();
                assertThat(nextLine(reader)).isEqualTo("event: progress");
                assertThat(nextLine(reader)).isEqualTo("data: row " + i);
                assertThat(nextLine(reader)).isEqualTo("data: of 5");
            }
        }
    }

    @Test
    void aClientThatWentAwayIsNoticed() throws Exception {
        try (var server = server()) {
            try (Socket socket = server.connect()) {
                open(socket);
            }
            assertThat(noticed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForAWholeOne() throws IOException {
        Route breaks = Route.get("/breaks", "public", "Breaks", _ -> Reply.stream("text/plain", out -> {
            out.write("half".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IllegalStateException("broken");
        }));
        try (var server = TestServer.of(List.of(breaks))) {
            assertThat(server.raw("GET /breaks HTTP/1.1\r\nHost: a\r\n\r\n")).contains("half")
                    .doesNotContain("\r\n0\r\n\r\n", "500", "broken");
        }
    }

    private TestServer server() {
        return TestServer.of(List.of(Route.get("/events", "operator", "Events",
                _ -> Reply.stream("text/event-stream", this::events))));
    }

    private void events(ReplyStream out) throws IOException, InterruptedException {
        try {
            out.heartbeat();
            while (out.open()) {
                String next = progress.poll(20, TimeUnit.MILLISECONDS);
                if (next == null) {
                    out.heartbeat();
                } else {
                    out.event("progress", next);
                }
            }
        } catch (ClientGoneException e) {
            noticed.countDown();
            throw e;
        }
    }

    private static BufferedReader open(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(reader.readLine()).startsWith("HTTP/1.1 200");
        return reader;
    }

    /** The next line of an event: without headers, chunk sizes, comments and empty lines. */
    private static String nextLine(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        while (line != null && !line.startsWith("event: ") && !line.startsWith("data: ")) {
            line = reader.readLine();
        }
        return line;
    }
}
