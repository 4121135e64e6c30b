package io.countersign.server.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Messages and settings that tests of SMS providers share. */
final class SmsSamples {
    static final Duration LONG = Duration.ofSeconds(20);

    private SmsSamples() {
    }

    static OutgoingSms sms(String text) {
        return new OutgoingSms(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)), "ACME",
                "+4915112345678", text);
    }

    /** Of the centre at a port of this machine, with the login that {@link SmsCentre} takes. */
    static SmppSettings settings(int port, SmppTimeouts timeouts) {
        return new SmppSettings("127.0.0.1", port, Optional.empty(), new SmppLogin("acme", "secret", ""),
                SmppSource.BY_LOOK, 5, timeouts);
    }

    static SmppTimeouts timeouts(Duration reply, Duration pause) {
        return new SmppTimeouts(Duration.ofSeconds(5), reply, LONG, Duration.ofMillis(200), pause, pause);
    }

    /** A port that is taken, so that nobody else can begin to listen at it. */
    static Socket portWithoutAnybody() throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    /** Waits until somebody opens the latch, as a server that does not answer. */
    static void hold(CountDownLatch latch) {
        hold(latch, LONG.toMillis());
    }

    static void pause(long millis) {
        hold(new CountDownLatch(1), millis);
    }

    private static void hold(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
