package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LastingClientTest {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final LastingClient client = new LastingClient(HttpClient::newHttpClient);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        client.close(HttpClient::shutdownNow);
        server.stop(0);
    }

    private int ask() throws IOException, InterruptedException {
        return client.get().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + server.getAddress().getPort() + "/")).build(), BodyHandlers.discarding()).statusCode();
    }

    /** Its thread ends as it does after an error. */
    private void kill() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().endsWith("SelectorManager") && !before.contains(thread)) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    @Test
    void aClientThatHasDiedIsReplacedAndOneThatLivesIsKept() throws Exception {
        HttpClient first = client.get();
        assertThat(ask()).isEqualTo(204);
        assertThat(client.get()).isSameAs(first);
        kill();
        assertThat(first.isTerminated()).isTrue();
        assertThat(ask()).isEqualTo(204);
        assertThat(client.get()).isNotSameAs(first);
    }

    @Test
    void onceClosedThereIsNoOther() {
        HttpClient last = client.get();
        client.close(HttpClient::shutdownNow);
        assertThat(client.get()).isSameAs(last);
    }
}
