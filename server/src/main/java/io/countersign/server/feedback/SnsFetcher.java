package io.countersign.server.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Fetches from hosts of SNS, and from nowhere else: over https, without following anybody elsewhere, bounded. */
final class SnsFetcher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_ADDRESS = 2_000;

    private final SnsSettings settings;
    private final HttpClient client;

    SnsFetcher(SnsSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder().sslContext(settings.tls()).connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
    }

    /** The address that a message names, when it may be fetched. */
    Optional<URI> allowed(String address) {
        if (address.length() > LONGEST_ADDRESS) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(address)).filter(uri -> "https".equals(uri.getScheme())
                    && uri.getHost() != null && uri.getUserInfo() == null && settings.allowed().test(uri));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws IOException when it is not answered with 200 and a small body in time */
    byte[] fetch(URI address) throws IOException {
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (response.statusCode() != 200 || bytes.length > LARGEST) {
                    throw new IOException("answered " + response.statusCode() + " with " + bytes.length + " bytes");
                }
                return bytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
