package io.countersign.domain.project;

import java.time.Duration;
import java.util.List;

/**
 * How codes are made, how often one may be guessed at, and how often SMS with codes may go (NIST SP 800-63B-4: six
 * digits, ten minutes, and a count of failures that a new code does not clear).
 *
 * @param delays what must lie between the guess before and this one, for each guess that a challenge allows
 */
public record CodeLimits(int digits, Life life, List<Duration> delays, Failures failures, Sms sms) {
    public static final CodeLimits DEFAULT = new CodeLimits(6, new Life(Duration.ofMinutes(10), Duration.ofHours(24)),
            List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(15),
                    Duration.ofSeconds(30)),
            new Failures(new Cap(10, Duration.ofDays(1)), new Cap(50, Duration.ofDays(1))),
            new Sms(new Cap(10, Duration.ofDays(1)), new Cap(50, Duration.ofHours(1)),
                    new Cap(20, Duration.ofHours(1))));

    /** How many are allowed in a window of time. */
    public record Cap(int most, Duration window) {
        public Cap {
            if (most < 1 || window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("cap out of range");
            }
        }
    }

    /** How long a code can be answered, by where it was sent. */
    public record Life(Duration sms, Duration email) {}

    /** Wrong codes for one contact, and from one network of addresses. */
    public record Failures(Cap ofValue, Cap ofAddress) {}

    /** SMS with codes: to one number, to numbers that differ in the last four digits only, from one network. */
    public record Sms(Cap toNumber, Cap toPrefix, Cap fromAddress) {}

    public CodeLimits {
        delays = List.copyOf(delays);
        if (digits < 4 || digits > 10 || delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("limits of codes out of range");
        }
    }
}
