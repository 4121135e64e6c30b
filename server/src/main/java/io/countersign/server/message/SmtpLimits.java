package io.countersign.server.message;

import java.time.Duration;

/**
 * What one provider may use.
 *
 * @param connections open at once, at most
 * @param mailsPerConnection after so many a connection is replaced; many servers close it themselves
 *     after 50 to 1000
 * @param idle an unused connection is closed after this time
 * @param messageBytes a larger message is refused without asking the server
 */
public record SmtpLimits(int connections, int mailsPerConnection, Duration idle, int messageBytes) {
    public static final SmtpLimits DEFAULT = new SmtpLimits(8, 500, Duration.ofSeconds(10), 20 * 1024 * 1024);

    /** @throws IllegalArgumentException naming the limit that is wrong */
    public SmtpLimits {
        requireBetween("connections", connections, 1_000);
        requireBetween("mails per connection", mailsPerConnection, 1_000_000);
        requireBetween("message bytes", messageBytes, 200 * 1024 * 1024);
        if (!idle.isPositive() || idle.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("smtp idle time must be positive and at most an hour");
        }
    }

    private static void requireBetween(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("smtp " + what + " must be between 1 and " + max);
        }
    }
}
