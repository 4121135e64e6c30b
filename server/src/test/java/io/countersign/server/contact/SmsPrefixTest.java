package io.countersign.server.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmsPrefixTest {
    @ParameterizedTest(name = "{0} lies in {1}")
    @CsvSource({
        "+4915112345678,+49151", "+12025550123,+1202", "+12425550123,+1242", "+94771234567,+94771",
        "+998901234567,+998901", "+390612345678,+39061", "+447911123456,+44791",
        "+999123456789,+99912",    // no such country
        "+4912,+4912", "+49,+49", "+,+", "abc,abc"})
    void aNumberLiesInARange(String number, String prefix) {
        assertThat(SmsPrefix.of(number)).isEqualTo(prefix);
    }
}
