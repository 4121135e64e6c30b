package io.countersign.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusCodesTest {
    @ParameterizedTest
    @ValueSource(strings = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
    void whatSaysThatThereIsNoSuchAddress(String status) {
        assertThat(StatusCodes.ofFailure(status)).contains(DeliveryReport.NO_SUCH_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.2.2", "4.2.2"})
    void whatSaysThatThereIsNoRoom(String status) {
        assertThat(StatusCodes.ofFailure(status)).contains(DeliveryReport.MAILBOX_FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.7", "5.1.8", "5.2.3", "5.3.4", "5.6.0", "5.7.1", "5.7.26", "4.7.0"})
    void whatIsAboutTheMessageTellsNothing(String status) {
        assertThat(StatusCodes.ofFailure(status)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5.0.0", "5.5.0", "4.4.7", "5.2.1", "4.1.1", "5.3.0", "2.2.2", "3.1.1", "x", "5.1.1.1"})
    void whatNobodyUnderstandsIsAFailureThatCounts(String status) {
        assertThat(StatusCodes.ofFailure(status)).contains(DeliveryReport.REFUSED);
    }

    @Test
    void somebodyIsThereForADayAndAHalfAfterTheSending() {
        Instant sent = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(ValidityRules.countsAsReached(sent, sent.plus(Duration.ofHours(36)))).isTrue();
        assertThat(ValidityRules.countsAsReached(sent, sent.plus(Duration.ofHours(36)).plusNanos(1))).isFalse();
    }
}
