package io.countersign.server.message;

import java.time.Duration;

/**
 * How long to wait for an SMS centre.
 *
 * @param connect for the TCP connection, and for the TLS handshake
 * @param reply for the answer to one request; a centre that lets it pass is taken for dead
 * @param handOver for a whole hand-over: a place in the window, the bind, all parts
 * @param idle after so long without a word from the centre it is asked whether it is there
 * @param firstPause after a failed bind, before the next; doubled with each failure
 * @param longestPause what the doubling ends at
 */
public record SmppTimeouts(Duration connect, Duration reply, Duration handOver, Duration idle, Duration firstPause,
        Duration longestPause) {
    public static final SmppTimeouts DEFAULT = new SmppTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** @throws IllegalArgumentException for a time that is not between 1 ms and 30 minutes */
    public SmppTimeouts {
        requireSane("connect", connect);
        requireSane("reply", reply);
        requireSane("hand-over", handOver);
        requireSane("idle", idle);
        requireSane("first pause", firstPause);
        requireSane("longest pause", longestPause);
    }

    /** The pause after so many failures in a row, one or more. */
    Duration pause(int failures) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }

    private static void requireSane(String what, Duration time) {
        if (time.toMillis() < 1 || time.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalArgumentException("smpp " + what + " timeout must be between 1 ms and 30 minutes");
        }
    }
}
