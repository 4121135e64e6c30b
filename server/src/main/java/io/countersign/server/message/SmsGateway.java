package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.platform.http.LastingClient;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Hands SMS to a gateway over HTTP, with the request of the most widespread API of this kind: a form with {@code To},
 * {@code From} and {@code Body}. Redirects are not followed, of an answer only the beginning is read.
 */
public final class SmsGateway implements SmsProvider {
    private static final int ANSWER_OCTETS = 16 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final SmsGatewaySettings settings;
    private final Semaphore free;
    private final LastingClient client;
    private volatile boolean closed;

    /** Does not connect yet. */
    public SmsGateway(SmsGatewaySettings settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.connections(), true);
        this.client = new LastingClient(() -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor()).build());
    }

    @Override
    public HandOver handOver(OutgoingSms sms) {
        long deadline = System.nanoTime() + settings.handOver().toNanos();
        try {
            if (!free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return deferred("no free connection in time");
            }
            try {
                return closed ? deferred("provider is closed") : post(sms, deadline);
            } finally {
                free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return deferred("interrupted");
        }
    }

    /** The client ends by itself when what is under way is done. */
    @Override
    public void close() {
        closed = true;
        client.close(HttpClient::shutdown);
    }

    private HandOver post(OutgoingSms sms, long deadline) throws InterruptedException {
        var status = new AtomicInteger();
        CompletableFuture<HttpResponse<byte[]>> exchange = null;
        try {
            exchange = client.get().sendAsync(request(sms), answer -> {
                status.set(answer.statusCode());
                return new FirstOctets(ANSWER_OCTETS);
            });
            var answer = exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return SmsGatewayAnswer.of(answer.statusCode(), answer.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return broken(status.get(), "no answer in time");
        } catch (ExecutionException e) {
            return broken(status.get(), "connection failed: " + SmtpConnectException.reasons(e.getCause()));
        } catch (RuntimeException e) {
            return deferred("request failed: " + SmtpConnectException.reasons(e));
        }
    }

    /** What is said by the status counts, even when the rest of the answer does not come. */
    private static HandOver broken(int status, String why) {
        return status == 0 ? deferred(why) : SmsGatewayAnswer.of(status, new byte[0]);
    }

    private HttpRequest request(OutgoingSms sms) {
        String login = settings.account() + ":" + settings.token();
        return HttpRequest.newBuilder(settings.messages()).timeout(settings.handOver())
                .header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form(sms))).build();
    }

    private String form(OutgoingSms sms) {
        String from = settings.from().orElse(sms.sender());
        var fields = new LinkedHashMap<String, String>();
        fields.put("To", sms.recipient());
        fields.put(isService(from) ? "MessagingServiceSid" : "From", from);
        fields.put("Body", sms.text());
        return fields.entrySet().stream().map(SmsGateway::field).collect(Collectors.joining("&"));
    }

    private static boolean isService(String from) {
        return from.matches("MG[0-9a-fA-F]{32}");
    }

    private static String field(Map.Entry<String, String> field) {
        return field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8);
    }

    private static Deferred deferred(String why) {
        return new Deferred(ProviderReply.none(why), Concern.PROVIDER);
    }
}
