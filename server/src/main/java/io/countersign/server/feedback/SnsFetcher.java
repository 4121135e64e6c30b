package io.countersign.server.feedback;

import io.countersign.server.platform.http.LastingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches from hosts of SNS, and from nowhere else: over https, without following anybody elsewhere, bounded. */
final class SnsFetcher implements AutoCloseable {
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_ADDRESS = 2_000;

    private final SnsSettings settings;
    private final LastingClient client;

    SnsFetcher(SnsSettings settings) {
        this.settings = settings;
        this.client = new LastingClient(() -> HttpClient.newBuilder().sslContext(settings.tls())
                .connectTimeout(settings.patience())
                .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build());
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

    /** @throws IOException when it is not answered with 200 and a small body, to its end, in time */
    byte[] fetch(URI address) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.get().sendAsync(HttpRequest.newBuilder(address).build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            // The timeout of a request ends with the headers of its answer.
            HttpResponse<byte[]> response = answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("answered " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException("not answered: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("not answered within " + settings.patience().toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.close(HttpClient::shutdownNow);
    }
}
