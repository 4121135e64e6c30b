package io.countersign.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CP10: what deliveries, each on its day, make of a contact. */
class ValidityTableTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Validity FRESH =
            Validity.of(new Validity.Contact(ContactType.EMAIL, "ann@example.org"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # deliveries, each with its day                                           | validity after the last
            accepted 0                                                                | valid
            no_such_address 0                                                         | no_such_address for good
            refused 0                                                                 | valid
            refused 0, refused 8                                                      | valid
            refused 0, refused 1, refused 2                                           | valid
            refused 0, refused 1, refused 7                                           | valid
            refused 0, refused 1, refused 8                                           | refuses_messages for good
            refused 0, refused 1, refused 2, refused 8                                | refuses_messages for good
            refused 0, refused 1, accepted 2, refused 8                               | valid
            refused 0, accepted 1, refused 2, refused 3, refused 9                    | valid
            refused 0, accepted 1, refused 2, refused 3, refused 10                   | refuses_messages for good
            refused 0, mailbox_full 1, refused 2, refused 9                           | refuses_messages for good
            refused 0, refused 1, refused 8, no_such_address 9                        | refuses_messages for good
            no_such_address 0, accepted 1                                             | no_such_address for good
            no_such_address 0, mailbox_full 1                                         | no_such_address for good
            mailbox_full 0                                                            | mailbox_full until 7
            mailbox_full 0, mailbox_full 3                                            | mailbox_full until 7
            mailbox_full 0, accepted 3                                                | mailbox_full until 7
            mailbox_full 0, no_such_address 3                                         | no_such_address for good
            mailbox_full 0, mailbox_full 7                                            | mailbox_full until 37
            mailbox_full 0, mailbox_full 7, mailbox_full 37                           | mailbox_full until 127
            mailbox_full 0, mailbox_full 7, mailbox_full 37, mailbox_full 127         | mailbox_full until 307
            mailbox_full 0, mailbox_full 7, mailbox_full 37, mailbox_full 127, mailbox_full 307 \
            | mailbox_full until 667
            mailbox_full 0, mailbox_full 7, mailbox_full 37, mailbox_full 127, mailbox_full 307, mailbox_full 667 \
            | mailbox_full until 1027
            mailbox_full 0, accepted 8, mailbox_full 9                                | mailbox_full until 16
            mailbox_full 0, refused 8                                                 | valid
            """)
    void deliveriesDecide(String deliveries, String expected) {
        Validity validity = FRESH;
        Instant now = START;
        for (String delivery : deliveries.split(", ")) {
            String[] words = delivery.split(" ");
            now = day(Integer.parseInt(words[1]));
            validity = ValidityRules.report(validity, DeliveryReport.valueOf(words[0].toUpperCase(Locale.ROOT)), now);
        }
        assertThat(describe(validity, now)).isEqualTo(expected);
    }

    @Test
    void aPeriodEndsByItselfToTheInstant() {
        Validity full = ValidityRules.report(FRESH, DeliveryReport.MAILBOX_FULL, START);

        assertThat(full.invalid(day(7).minusNanos(1))).isPresent();
        assertThat(full.invalid(day(7))).isEmpty();
    }

    @Test
    void moreThanSevenDaysMeansMore() {
        Validity twice = ValidityRules.report(ValidityRules.report(FRESH, DeliveryReport.REFUSED, START),
                DeliveryReport.REFUSED, START);

        assertThat(ValidityRules.report(twice, DeliveryReport.REFUSED, day(7)).invalid(day(7))).isEmpty();
        Instant later = day(7).plus(Duration.ofNanos(1));
        assertThat(ValidityRules.report(twice, DeliveryReport.REFUSED, later).invalid(later)).isPresent();
    }

    @Test
    void whoeverIsRestoredBeginsAnew() {
        Validity gone = ValidityRules.report(FRESH, DeliveryReport.NO_SUCH_ADDRESS, START);

        assertThat(ValidityRules.restore(gone)).isEqualTo(FRESH);
        assertThat(ValidityRules.restore(gone).isClean()).isTrue();
    }

    private static Instant day(int day) {
        return START.plus(day, ChronoUnit.DAYS);
    }

    private static String describe(Validity validity, Instant now) {
        return validity.invalid(now).map(invalid -> invalid.reason().name().toLowerCase(Locale.ROOT)
                + invalid.until().map(end -> " until " + Duration.between(START, end).toDays()).orElse(" for good"))
                .orElse("valid");
    }
}
