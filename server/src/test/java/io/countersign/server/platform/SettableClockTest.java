package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SettableClockTest {
    private final TestClock base = TestClock.standing();
    private final SettableClock clock = new SettableClock(base);

    @Test
    void runsWithTheRealTimePlusWhatWasAdded() {
        assertThat(clock.advance(Duration.ofHours(24))).isEqualTo(Instant.parse("2026-01-03T03:04:05Z"));
        base.advance(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-03T03:04:06Z"));
    }

    @Test
    void neverGoesBackNorOutOfRange() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
