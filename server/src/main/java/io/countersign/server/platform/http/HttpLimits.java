package io.countersign.server.platform.http;

import java.time.Duration;

/**
 * What one client may take from the server.
 *
 * @param headBytes   largest headers, in bytes
 * @param lineBytes   largest request line, in bytes
 * @param headTime    longest wait for the rest of the headers once they began
 * @param readTime    longest silence inside a body; after this long in all, a body must keep up
 *                    {@link #SLOWEST_BODY} bytes a second
 * @param writeTime   longest wait for a client that does not take the answer
 * @param idleTime    longest wait for the next request on a connection
 * @param connections most connections; further ones wait in the kernel's queue
 * @param requests    most requests at one time; further ones are answered {@link Problem#BUSY}
 */
public record HttpLimits(int headBytes, int lineBytes, Duration headTime, Duration readTime,
                         Duration writeTime, Duration idleTime, int connections, int requests) {

    /** Bytes a second that a body must come with on average, not counting the time that we take. */
    public static final int SLOWEST_BODY = 512;

    public static final HttpLimits DEFAULT = new HttpLimits(16 * 1024, 8 * 1024, Duration.ofSeconds(10),
            Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(60), 4096, 1024);

    /** How long one read of the socket may block: each of the times is waited for in such steps. */
    Duration oneRead() {
        Duration shorter = headTime.compareTo(readTime) < 0 ? headTime : readTime;
        return (shorter.compareTo(idleTime) < 0 ? shorter : idleTime).dividedBy(4);
    }
}
