package io.countersign.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of {@code spec/datamailer.md} 2.3, column "source reading", with decision 1: the strict earliest
 * on each level. Instants in order: e (earlier) before a before t (later) before n (now).
 */
class VerifiedAtTest {
    private static final Map<String, Instant> INSTANTS = Map.of("e", at(1), "a", at(2), "t", at(3), "n",
            at(4));

    @ParameterizedTest(name = "contact {0}, client {1}, verified at {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # contact | client | at | contact | client | row of 2.3
            -         | -      | n  | n       | n      | 1
            -         | -      | t  | t       | t      | 2
            a         | a      | n  | a       | a      | 3 and 8
            -         | a      | n  | n       | a      | 4
            a         | -      | n  | a       | n      | 5: ambiguous, each level keeps its own
            a         | a      | t  | a       | a      | 6
            a         | a      | e  | e       | e      | 7: the earliest is always preserved
            a         | t      | e  | e       | e      | 9
            e         | t      | a  | e       | a      | 9
            t         | e      | a  | a       | e      | 9
            """)
    void eachLevelKeepsItsEarliestInstant(String contact, String client, String at, String contactAfter,
                                          String clientAfter, String row) {
        var before = new VerifiedAt(instant(contact), instant("t"), instant(client));
        assertThat(before.verify(INSTANTS.get(at))).as("row %s", row)
                .isEqualTo(new VerifiedAt(instant(contactAfter), instant("t"), instant(clientAfter)));
    }

    // 2.3, last row; facts: brand rows are never touched
    @Test
    void clearingTakesContactAndClientAndLeavesTheBrand() {
        assertThat(new VerifiedAt(instant("a"), instant("t"), instant("e")).clear())
                .isEqualTo(new VerifiedAt(Optional.empty(), instant("t"), Optional.empty()));
        assertThat(VerifiedAt.NEVER.clear()).isEqualTo(VerifiedAt.NEVER);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            - | - | - | false
            a | - | - | true
            - | a | - | true
            - | - | a | true
            a | e | - | true
            a | - | e | true
            - | a | e | true
            a | e | t | true
            """)
    void anyLevelIsEnough(String contact, String brand, String client, boolean verified) { // S3, note
        assertThat(new VerifiedAt(instant(contact), instant(brand), instant(client)).isVerified())
                .isEqualTo(verified);
    }

    private static Optional<Instant> instant(String name) {
        return Optional.ofNullable(name).map(INSTANTS::get);
    }

    private static Instant at(int hour) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * hour);
    }
}
