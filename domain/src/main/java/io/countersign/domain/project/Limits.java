package io.countersign.domain.project;

import java.time.Duration;

/**
 * How often somebody may be written to about one challenge, and how long its links live.
 *
 * @param cooldown   shortest time between two mails
 * @param perDay     mails in any 24 hours
 * @param linkLife   from the opening of a challenge to its expiry
 */
public record Limits(Duration cooldown, int perDay, Duration linkLife) {
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(60), 5, Duration.ofDays(30));

    public Limits {
        if (cooldown.isNegative() || perDay < 1 || linkLife.isNegative() || linkLife.isZero()) {
            throw new IllegalArgumentException("limits out of range");
        }
    }

    public Limits withCooldown(Duration other) {
        return new Limits(other, perDay, linkLife);
    }
}
