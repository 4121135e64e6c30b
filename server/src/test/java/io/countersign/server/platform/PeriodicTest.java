package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PeriodicTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    @Test
    void aMovedClockIsNotWaitedForInRealTime() throws InterruptedException {
        var clock = new SettableClock(TestClock.standing());
        var looks = new Semaphore(0);
        try (var periodic = new Periodic("test", FOR_EVER).start(clock, looks::release)) {
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofHours(1));
                assertThat(looks.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(periodic).isNotNull();
        }
    }

    @Test
    void whatFailsIsTriedAgain() throws InterruptedException {
        var looks = new Semaphore(0);
        try (var periodic = new Periodic("test", Duration.ofMillis(1)).start(() -> {
            looks.release();
            throw new IllegalStateException("once more");
        })) {
            assertThat(looks.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(periodic).isNotNull();
        }
    }
}
