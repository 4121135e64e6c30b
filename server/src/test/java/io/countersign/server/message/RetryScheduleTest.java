package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @Test
    void theDefaultWaitsLongerEachTimeAndThenGivesUp() {
        var schedule = RetrySchedule.DEFAULT;
        assertThat(schedule.next(1, NOW)).contains(NOW.plusSeconds(10));
        assertThat(schedule.next(2, NOW)).contains(NOW.plusSeconds(60));
        assertThat(schedule.next(8, NOW)).contains(NOW.plus(Duration.ofHours(12)));
        assertThat(schedule.next(9, NOW)).isEmpty();
        assertThat(schedule.next(Integer.MAX_VALUE, NOW)).isEmpty();
        assertThat(schedule.delays()).isSorted();
    }

    @Test
    void anEmptyScheduleNeverTriesAgain() {
        assertThat(RetrySchedule.parse(List.of()).next(1, NOW)).isEmpty();
    }

    @Test
    void durationsAreReadInShortAndIsoForm() {
        assertThat(RetrySchedule.parse(List.of("500ms", " 2S ", "3m", "4h", "5d", "PT10M")).delays())
                .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMinutes(3),
                        Duration.ofHours(4), Duration.ofDays(5), Duration.ofMinutes(10));
    }

    @Test
    void nonsenseIsRefused() {
        for (var bad : List.of("", "10", "s", "-1s", "0s", "31d", "PT-1S", "1 s", "99999999999s",
                "999999999d")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> RetrySchedule.parse(List.of(bad)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySchedule.parse(Collections.nCopies(101, "1s")));
        assertThatIllegalArgumentException().isThrownBy(() -> RetrySchedule.DEFAULT.next(0, NOW));
    }
}
