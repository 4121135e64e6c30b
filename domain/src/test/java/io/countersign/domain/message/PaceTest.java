package io.countersign.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.message.Pace.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private static Instant at(double seconds) {
        return START.plusNanos((long) (seconds * 1e9));
    }

    /** So many ask at once; how many go now, and when the others are to come. */
    private record Asked(Pace pace, int now, List<Instant> later) {
        static Asked of(Pace pace, int count, Instant when) {
            int now = 0;
            var later = new ArrayList<Instant>();
            for (int i = 0; i < count; i++) {
                Turn turn = pace.ask(when);
                pace = turn.after();
                switch (turn) {
                    case Turn.Now _ -> now++;
                    case Turn.Later(_, Instant due) -> later.add(due);
                }
            }
            return new Asked(pace, now, later);
        }
    }

    @Test
    void withoutALimitEverybodyGoes() {
        assertThat(Asked.of(Pace.of(0, START), 10_000, START).now()).isEqualTo(10_000);
    }

    @Test
    void aLimitLetsASecondsWorthGoAndSpreadsTheOthers() {
        var asked = Asked.of(Pace.of(10, START), 40, START);
        assertThat(asked.now()).isEqualTo(10);
        assertThat(asked.later()).hasSize(30).isSorted().doesNotHaveDuplicates();
        assertThat(asked.later().getFirst()).isEqualTo(at(1));
        assertThat(asked.later().getLast()).isBetween(at(3.8), at(4));
    }

    @Test
    void inTheLongRunTheLimitHolds() {
        Pace pace = Pace.of(10, START);
        int gone = 0;
        for (int second = 0; second < 60; second++) {
            var asked = Asked.of(pace, 100, at(second));
            gone += asked.now();
            pace = asked.pace();
        }
        assertThat(gone).isBetween(590, 610);
    }

    @Test
    void nobodyIsPutOffForLongerThanAQuarterOfAnHour() {
        var asked = Asked.of(Pace.of(1, START), 5_000, START);
        assertThat(asked.later()).allMatch(due -> !due.isAfter(START.plus(Duration.ofMinutes(15))));
    }

    @Test
    void aFailureHalvesItOncePerSecondDownToOneASecond() {
        Pace pace = Pace.of(100, START).failed(START);
        assertThat(pace.perSecond()).isEqualTo(50);
        assertThat(pace.failed(at(0.5)).perSecond()).isEqualTo(50);
        for (int second = 1; second < 20; second++) {
            pace = pace.failed(at(second));
        }
        assertThat(pace.perSecond()).isEqualTo(1);
        assertThat(Pace.of(0, START).failed(START).perSecond()).isEqualTo(10);
        assertThat(Pace.of(0.5, START).failed(START).perSecond()).isEqualTo(0.5);
    }

    @Test
    void successesLetItRecoverSlowlyUpToTheLimit() {
        Pace pace = Pace.of(100, START).failed(START);
        assertThat(pace.succeeded(at(0.5))).isEqualTo(pace);
        assertThat(pace.succeeded(at(1)).perSecond()).isEqualTo(62.5);
        for (int second = 1; second < 10; second++) {
            pace = pace.succeeded(at(second));
        }
        assertThat(pace.perSecond()).isEqualTo(100);
        assertThat(pace.slowed()).isZero();
        Pace free = Pace.of(0, START).failed(START);
        for (int second = 1; second < 30; second++) {
            free = free.succeeded(at(second));
        }
        assertThat(free.isFree()).isTrue();
    }
}
