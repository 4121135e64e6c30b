package io.countersign.server.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Allows so many events per key and duration. A token bucket: the whole amount at once, then one more each
 * time its share of the duration has passed. Memory is one number per key, and bounded: past the largest
 * number of keys the least used is forgotten, which lets that key begin anew. For addresses the key is {@link
 * ClientAddress#limitKey()}.
 */
public final class RateLimit {

    /** Keys remembered when nothing else is said. */
    public static final int DEFAULT_KEYS = 100_000;

    /**
     * @param allowed       whether this event may happen; it is counted only then
     * @param nextAllowedAt when the next one may happen: now or earlier if there is more left
     */
    public record Decision(boolean allowed, Instant nextAllowedAt) { }

    private final long capacityMicros;
    private final long shareMicros;
    private final InstantSource clock;
    /** Per key, the time at which its bucket is full again, in microseconds since 1970. */
    private final Cache<String, Long> fullAt;

    /**
     * @param amount  events per duration, at least 1
     * @param maxKeys most keys remembered
     */
    public RateLimit(int amount, Duration per, InstantSource clock, int maxKeys) {
        if (amount < 1 || micros(per) < amount) {
            throw new IllegalArgumentException("Not a rate: " + amount + " per " + per);
        }
        this.shareMicros = micros(per) / amount;
        this.capacityMicros = shareMicros * amount;
        this.clock = clock;
        this.fullAt = Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run)
                .ticker(() -> TimeUnit.MICROSECONDS.toNanos(micros(clock.instant())))
                .expireAfterWrite(per).build();
    }

    public RateLimit(int amount, Duration per, InstantSource clock) {
        this(amount, per, clock, DEFAULT_KEYS);
    }

    /** Counts an event of that key, if it is allowed. */
    public Decision take(String key) {
        long now = micros(clock.instant());
        boolean[] allowed = new boolean[1];
        long full = fullAt.asMap().compute(key, (_, old) -> {
            long before = old == null ? now : Math.max(old, now);
            allowed[0] = before + shareMicros - now <= capacityMicros;
            return allowed[0] ? before + shareMicros : before;
        });
        return new Decision(allowed[0], instant(full + shareMicros - capacityMicros));
    }

    /**
     * Counts an event of that key, or ends the request.
     *
     * @throws ProblemException {@link Problem#RATE_LIMITED}, with {@code Retry-After} in seconds and the
     *                          member {@code next_allowed_at}
     */
    public void require(String key) {
        Decision decision = take(key);
        if (!decision.allowed()) {
            Duration wait = Duration.between(clock.instant(), decision.nextAllowedAt());
            throw new ProblemException(Problem.RATE_LIMITED, "Too many requests; try again later.")
                    .with("next_allowed_at", decision.nextAllowedAt())
                    .withHeader("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
    }

    private static long micros(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
                Math.floorMod(micros, 1_000_000L) * 1000L);
    }
}
