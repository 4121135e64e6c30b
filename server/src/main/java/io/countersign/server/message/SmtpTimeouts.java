package io.countersign.server.message;

import java.time.Duration;

/**
 * How long to wait for a mail server.
 *
 * @param connect for the TCP connection
 * @param reply for the next octets of an answer or of a TLS handshake
 * @param handOver for a whole hand-over, whatever happens in it: a write that hangs, an answer that
 *     drips, a free connection
 */
public record SmtpTimeouts(Duration connect, Duration reply, Duration handOver) {
    public static final SmtpTimeouts DEFAULT =
            new SmtpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(3));

    /** @throws IllegalArgumentException for a time that is not between 1 ms and 30 minutes */
    public SmtpTimeouts {
        requireSane("connect", connect);
        requireSane("reply", reply);
        requireSane("hand-over", handOver);
    }

    private static void requireSane(String what, Duration time) {
        if (time.toMillis() < 1 || time.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalArgumentException("smtp " + what
                    + " timeout must be between 1 ms and 30 minutes");
        }
    }
}
