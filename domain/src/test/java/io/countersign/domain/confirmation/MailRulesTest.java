package io.countersign.domain.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.project.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seconds before now, and in how many seconds the next mail may go: 60 s apart, three in 24 hours. */
class MailRulesTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 3, Duration.ofDays(30));
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "mailed [{0}] s ago: next in {1} s")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                  | 0
            0                  | 60
            59                 | 1
            60                 | 0
            61                 | 0
            -30                | 90
            86400              | 0
            86399              | 0
            500 400            | 0
            500 400 300        | 85900
            86399 400 300      | 1
            86400 400 300      | 0
            500 400 300 30     | 86000
            30 500             | 30
            """)
    void theNextMail(String ago, long seconds) {
        var mailed = Arrays.stream(ago == null ? new String[0] : ago.split(" "))
                .map(text -> NOW.minusSeconds(Long.parseLong(text))).toList();
        assertThat(MailRules.nextAllowed(mailed, LIMITS, NOW)).isEqualTo(NOW.plusSeconds(seconds));
    }
}
