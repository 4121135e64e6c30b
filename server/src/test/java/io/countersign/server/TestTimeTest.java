package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.database.Database;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TestTimeTest {
    private static final Duration MONTH = Duration.ofDays(31).plusNanos(5_001_000);

    @Test
    void anotherServerOfTheDatabaseGoesOnFromTheMovedTime() {
        try (Database database = TestPostgres.database()) {
            var clock = new SettableClock(TestClock.standing());
            var time = new TestTime(database, clock);
            assertThat(time.moved()).isZero();
            time.advance(MONTH);
            time.advance(Duration.ofHours(1));
            var next = new SettableClock(TestClock.standing());
            new TestTime(database, next).resume();
            assertThat(next.instant()).isEqualTo(clock.instant());
        }
    }

    @Test
    void aNodeThatIsBehindTakesNothingBackAndARefusedAdvanceIsNotKept() {
        try (Database database = TestPostgres.database()) {
            new TestTime(database, new SettableClock(TestClock.standing())).advance(MONTH);
            var behind = new TestTime(database, new SettableClock(TestClock.standing()));
            behind.advance(Duration.ofHours(1));
            assertThatThrownBy(() -> behind.advance(Duration.ofDays(-1))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> behind.advance(Duration.ofDays(40_000)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(behind.moved()).isEqualTo(MONTH);
        }
    }
}
