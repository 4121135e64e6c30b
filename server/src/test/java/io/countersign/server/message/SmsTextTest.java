package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.SmsText.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsTextTest {
    /** The text is one character, repeated, and an end. */
    @ParameterizedTest(name = "{1} times \"{0}\" and \"{2}\" are {3}, {4} units, {5} segments")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = true, delimiter = '|', value = {
        "a | 0   | ''  | GSM_7 | 0   | 1",
        "a | 1   | ''  | GSM_7 | 1   | 1",
        "a | 160 | ''  | GSM_7 | 160 | 1",
        "a | 161 | ''  | GSM_7 | 161 | 2",
        "a | 306 | ''  | GSM_7 | 306 | 2",
        "a | 307 | ''  | GSM_7 | 307 | 3",
        "a | 459 | ''  | GSM_7 | 459 | 3",
        "€ | 80  | ''  | GSM_7 | 160 | 1",     // the escape counts
        "€ | 81  | ''  | GSM_7 | 162 | 2",
        "a | 159 | €   | GSM_7 | 161 | 2",
        "€ | 153 | ''  | GSM_7 | 306 | 3",     // 153 is odd: no pair is cut, so 76 fit
        "é | 160 | ''  | GSM_7 | 160 | 1",
        "ç | 1   | ''  | UCS_2 | 1   | 1",     // only the capital one is in the alphabet
        "Ç | 1   | ''  | GSM_7 | 1   | 1",
        "` | 1   | ''  | UCS_2 | 1   | 1",
        "я | 70  | ''  | UCS_2 | 70  | 1",
        "я | 71  | ''  | UCS_2 | 71  | 2",
        "я | 134 | ''  | UCS_2 | 134 | 2",
        "я | 135 | ''  | UCS_2 | 135 | 3",
        "a | 69  | я   | UCS_2 | 70  | 1",
        "a | 70  | я   | UCS_2 | 71  | 2",
        "😀 | 35  | ''  | UCS_2 | 70  | 1",    // two units each
        "😀 | 36  | ''  | UCS_2 | 72  | 2",
        "😀 | 67  | ''  | UCS_2 | 134 | 3",    // 67 is odd: 33 fit
    })
    void aTextTravelsAs(String character, int times, String end, Encoding encoding, int units, int segments) {
        assertThat(SmsText.of(character.repeat(times) + end)).isEqualTo(new SmsText(encoding, units, segments));
    }

    @Test
    void everyCharacterOfTheGsmAlphabetIsOneSeptetOrTwo() {
        String one = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
        assertThat(one).hasSize(127);
        assertThat(one.chars()).allMatch(character -> GsmAlphabet.septets(character) == 1);
        assertThat("\f^{}\\[~]|€".chars()).allMatch(character -> GsmAlphabet.septets(character) == 2);
    }

    @Test
    void theEscapeAndWhatIsOutsideIsNotInTheAlphabet() {
        assertThat(List.of(0x1B, 0, 0x7F, (int) 'ç', 0x2019, 0xA0, 0x1F600))
                .allMatch(point -> GsmAlphabet.septets(point) == 0);
    }

    @Test
    void placesAreThoseOfTheStandard() {
        assertThat(GsmAlphabet.encode('@')).contains(new byte[] {0x00});
        assertThat(GsmAlphabet.encode(' ')).contains(new byte[] {0x20});
        assertThat(GsmAlphabet.encode('A')).contains(new byte[] {0x41});
        assertThat(GsmAlphabet.encode('§')).contains(new byte[] {0x5F});
        assertThat(GsmAlphabet.encode('¿')).contains(new byte[] {0x60});
        assertThat(GsmAlphabet.encode('à')).contains(new byte[] {0x7F});
        assertThat(GsmAlphabet.encode('€')).contains(new byte[] {0x1B, 0x65});
        assertThat(GsmAlphabet.encode('|')).contains(new byte[] {0x1B, 0x40});
    }
}
