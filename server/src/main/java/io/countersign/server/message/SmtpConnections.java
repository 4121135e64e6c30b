package io.countersign.server.message;

import java.net.Socket;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Open connections that wait for the next mail, the most recently used first, and the watchdog over those at work. */
final class SmtpConnections implements AutoCloseable {
    private static final long SWEEP_MILLIS = 100;
    /** Used again sooner than this, a connection is taken as alive: asking would cost a round trip per mail. */
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SmtpLimits limits;
    private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
    private final Map<Socket, Long> deadlines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("smtp-sweeper").factory());
    private volatile boolean closed;

    SmtpConnections(SmtpLimits limits) {
        this.limits = limits;
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }
}
