package io.countersign.server.message;

import io.countersign.server.platform.Periodic;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes the socket of a hand-over that takes too long in all. Read timeouts alone do not bound it: a server
 * can drip an octet at a time, and writing to a full buffer has no timeout. Also runs what else is to be looked after.
 */
final class SmtpWatchdog implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Map<Socket, Long> deadlines = new ConcurrentHashMap<>();
    private final Runnable alsoRun;
    private final Periodic periodic = new Periodic("smtp-watchdog", PAUSE);
    private volatile boolean closed;

    SmtpWatchdog(Runnable alsoRun) {
        this.alsoRun = alsoRun;
        periodic.start(this::run);
    }

    /** @param deadline on the scale of {@link System#nanoTime()} */
    void guard(Socket socket, long deadline) {
        deadlines.put(socket, deadline);
    }

    void release(Socket socket) {
        deadlines.remove(socket);
    }

    /** Goes on for the hand-overs under way, then stops. */
    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        long now = System.nanoTime();
        deadlines.forEach((socket, deadline) -> {
            if (now - deadline > 0 && deadlines.remove(socket) != null) {
                abort(socket);
            }
        });
        if (closed && deadlines.isEmpty()) {
            periodic.close();
        }
        alsoRun.run();
    }

    /** Closes the socket under whoever waits on it; from any thread. */
    static void abort(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed all the same.
        }
    }
}
