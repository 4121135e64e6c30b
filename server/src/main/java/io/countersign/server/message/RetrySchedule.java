package io.countersign.server.message;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long to wait after each failed try; when the list is used up, the message has failed. */
public record RetrySchedule(List<Duration> delays) {
    private static final int MAX_DELAYS = 100;
    private static final Duration MAX_DELAY = Duration.ofDays(30);
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    public static final RetrySchedule DEFAULT =
            parse(List.of("10s", "1m", "5m", "15m", "1h", "3h", "6h", "12h"));

    /**
     * @throws IllegalArgumentException unless there are at most 100 delays, each positive and at most 30 days
     */
    public RetrySchedule {
        if (delays.size() > MAX_DELAYS) {
            throw new IllegalArgumentException("retry schedule has more than " + MAX_DELAYS + " delays");
        }
        for (var delay : delays) {
            if (!delay.isPositive() || delay.compareTo(MAX_DELAY) > 0) {
                throw new IllegalArgumentException("retry delay " + delay
                        + " is not between 1 ms and 30 days");
            }
        }
        delays = List.copyOf(delays);
    }

    /** Reads {@code 10s}, {@code 1m}, {@code 3h}, {@code 2d}, {@code 500ms} or ISO 8601 ({@code PT10M}). */
    public static RetrySchedule parse(List<String> delays) {
        return new RetrySchedule(delays.stream().map(RetrySchedule::parseDelay).toList());
    }

    /**
     * When to try again.
     *
     * @param attempts tries made so far, at least 1
     * @return empty when there is no further try
     */
    public Optional<Instant> next(int attempts, Instant now) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1");
        }
        return attempts > delays.size() ? Optional.empty() : Optional.of(now.plus(delays.get(attempts - 1)));
    }

    private static Duration parseDelay(String text) {
        var parts = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return parseIso(text);
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static Duration parseIso(String text) {
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a duration such as 10s, 5m, 1h or PT10M: " + text, e);
        }
    }
}
