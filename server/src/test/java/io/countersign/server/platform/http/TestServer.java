package io.countersign.server.platform.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A server on a free port of the loopback interface, and ways to talk to it. */
final class TestServer implements AutoCloseable {

    /** Limits that a test can reach in about a second. */
    static final HttpLimits SHORT = new HttpLimits(4096, 2048, Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(1), Duration.ofSeconds(1), 64, 64);

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestServer(HttpServer server) {
        this.server = server;
    }

    static TestServer of(Site site) {
        return of(site, HttpSettings.onPort(0));
    }

    static TestServer of(List<Route> routes) {
        return of(Site.of(routes));
    }

    static TestServer of(Site site, HttpSettings settings) {
        return new TestServer(HttpServer.start(site, settings.withBind("127.0.0.1")));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
        var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        var request = HttpRequest.newBuilder(uri(path)).method(method, publisher)
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /**
     * Sends the text as it is, and reads until the server closes the connection, or a second brought nothing.
     */
    String raw(String request) {
        try (Socket socket = connect()) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return readAll(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String readAll(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int n; (n = socket.getInputStream().read(buffer)) >= 0;) {
                text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // Silent or reset: what came before counts.
        }
        return text.toString();
    }

    HttpServer server() {
        return server;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
