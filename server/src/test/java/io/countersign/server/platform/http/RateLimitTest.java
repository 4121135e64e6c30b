package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RateLimit limit = new RateLimit(5, Duration.ofMinutes(1), () -> now);

    @Test
    void theAmountIsThereAtOnceAndComesBackOneByOne() {
        for (int i = 0; i < 5; i++) {
            assertThat(limit.take("a").allowed()).isTrue();
        }
        RateLimit.Decision refused = limit.take("a");
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.nextAllowedAt()).isEqualTo(now.plusSeconds(12));
        now = now.plusSeconds(12).minusMillis(1);
        assertThat(limit.take("a").allowed()).isFalse();
        now = now.plusMillis(1);
        assertThat(limit.take("a").allowed()).isTrue();
        assertThat(limit.take("a").allowed()).isFalse();
    }

    @Test
    void refusalsAreNotCounted() {
        for (int i = 0; i < 50; i++) {
            limit.take("a");
        }
        now = now.plusSeconds(60);
        for (int i = 0; i < 5; i++) {
            assertThat(limit.take("a").allowed()).isTrue();
        }
        assertThat(limit.take("a").allowed()).isFalse();
    }

    @Test
    void whileThereIsMoreLeftTheNextOneIsAllowedNow() {
        assertThat(limit.take("a").nextAllowedAt()).isBeforeOrEqualTo(now);
    }

    @Test
    void keysDoNotShare() {
        for (int i = 0; i < 6; i++) {
            limit.take("a");
        }
        assertThat(limit.take("b").allowed()).isTrue();
    }

    @Test
    void aClockThatGoesBackIsSurvived() {
        for (int i = 0; i < 6; i++) {
            limit.take("a");
        }
        now = now.minusSeconds(30);
        assertThat(limit.take("a").allowed()).isFalse();
        now = now.plusSeconds(42);
        assertThat(limit.take("a").allowed()).isTrue();
    }

    @Test
    void concurrentTakesNeverExceedTheAmount() throws InterruptedException {
        AtomicInteger allowed = new AtomicInteger();
        Thread[] threads = new Thread[16];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.startVirtualThread(() -> {
                for (int n = 0; n < 100; n++) {
                    allowed.addAndGet(limit.take("a").allowed() ? 1 : 0);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(allowed).hasValue(5);
    }

    @Test
    void aRefusalTellsWhenToComeBack() {
        for (int i = 0; i < 5; i++) {
            limit.require("a");
        }
        assertThatThrownBy(() -> limit.require("a")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.RATE_LIMITED);
            assertThat(e.headers()).containsEntry("Retry-After", "12");
            assertThat(e.members()).containsEntry("next_allowed_at", now.plusSeconds(12));
        });
    }

    @Test
    void memoryIsBounded() {
        RateLimit small = new RateLimit(1, Duration.ofHours(1), () -> now, 100);
        int forgotten = 0;
        for (int i = 0; i < 10_000; i++) {
            small.take("key" + i);
        }
        for (int i = 0; i < 10_000; i++) {
            forgotten += small.take("key" + i).allowed() ? 1 : 0;
        }
        assertThat(forgotten).isGreaterThan(9_000);
    }
}
