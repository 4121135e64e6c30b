package io.countersign.server.message;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Open connections waiting for the next mail, the most recently used first. How many there are is the
 * caller's business.
 */
final class SmtpConnections implements AutoCloseable {
    /**
     * Used again sooner than this, a connection is taken as alive: asking would cost a round trip per mail.
     */
    private static final long TRUSTED_NANOS = 500_000_000L;

    private final SmtpLimits limits;
    private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SmtpConnections(SmtpLimits limits) {
        this.limits = limits;
    }

    Optional<SmtpConnection> poll() {
        return Optional.ofNullable(idle.pollFirst());
    }

    /** Whether to make sure first that the server is still there. */
    static boolean mustBeAsked(SmtpConnection connection) {
        return System.nanoTime() - connection.idleSince() > TRUSTED_NANOS;
    }

    /** Keeps it for the next mail, or closes it when it has served enough. */
    void giveBack(SmtpConnection connection) {
        if (closed || !connection.isUsable() || connection.mails() >= limits.mailsPerConnection()) {
            connection.close();
            return;
        }
        connection.idleFrom(System.nanoTime());
        idle.addFirst(connection);
        if (closed) {
            closeIdle();
        }
    }

    void closeUnused() {
        long now = System.nanoTime();
        for (var oldest = idle.descendingIterator(); oldest.hasNext();) {
            var connection = oldest.next();
            if (now - connection.idleSince() > limits.idle().toNanos() && idle.remove(connection)) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (var next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.close();
        }
    }
}
