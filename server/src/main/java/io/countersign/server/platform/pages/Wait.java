package io.countersign.server.platform.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** From {@code now} until something is allowed again; over already when {@code until} has passed. */
public record Wait(Instant now, Instant until) {
    private static final DateTimeFormatter TIME = utc("HH:mm:ss 'UTC'");
    private static final DateTimeFormatter DAY_AND_TIME = utc("yyyy-MM-dd HH:mm 'UTC'");

    Duration rest() {
        return Duration.between(now, until);
    }

    /** Whole seconds, rounded up, as the header {@code Retry-After} wants them. */
    public long seconds() {
        return Math.max(0, Math.ceilDiv(rest().toMillis(), 1000));
    }

    String iso() {
        return DateTimeFormatter.ISO_INSTANT.format(wholeSecond());
    }

    /** The clock time, with the day when it is not today's. */
    String clock() {
        boolean today = until.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
        return (today ? TIME : DAY_AND_TIME).format(wholeSecond());
    }

    private Instant wholeSecond() {
        Instant floor = until.truncatedTo(ChronoUnit.SECONDS);
        return floor.equals(until) ? floor : floor.plusSeconds(1);
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
