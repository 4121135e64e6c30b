package io.countersign.server.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RelaxedBodyTest {
    private static byte[] octets(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String relaxed(String body) {
        return new String(RelaxedBody.of(octets(body)), StandardCharsets.UTF_8);
    }

    /** RFC 6376, 3.4.5. */
    @Test
    void theExampleOfTheStandardBecomesWhatItSays() {
        assertThat(relaxed(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(" C\r\nD E\r\n");
    }

    @Test
    void emptyLinesAtTheEndAreNothing() {
        for (String body : List.of("", "\r\n", "\r\n\r\n", " \t", " \r\n\t\r\n")) {
            assertThat(relaxed(body)).isEmpty();
            assertThat(relaxed("a\r\n" + body)).isEqualTo("a\r\n");
        }
        assertThat(relaxed("\r\n\r\na\r\n")).isEqualTo("\r\n\r\na\r\n");
    }

    @Test
    void aLastLineWithoutBreakIsCompleted() {
        for (String body : List.of("a", "a ", "a  ", "a\t\t", "a\r\n", "a \r\n")) {
            assertThat(relaxed(body)).isEqualTo("a\r\n");
        }
    }

    @Test
    void whatHasTheFormAlreadyIsNotCopied() {
        byte[] body = octets(" words, and spaces between\r\n\r\nof two lines\r\n");
        assertThat(RelaxedBody.of(body)).isSameAs(body);
    }

    /** The rules one by one, as section 3.4.4 of the standard has them. */
    @Test
    void randomBodiesBecomeWhatTheRulesSay() {
        var random = new Random(20_260_302);
        var pieces = List.of("a", "word", " ", "  ", "\t", " \t", "\r\n", "\r\n\r\n", "\u00fc");
        for (int i = 0; i < 2_000; i++) {
            var body = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                body.append(pieces.get(random.nextInt(pieces.size())));
            }
            String lines = body.toString().replaceAll("[ \t]+", " ").replaceAll(" (?=\r|$)", "")
                    .replaceAll("(\r\n)+$", "");
            assertThat(relaxed(body.toString())).isEqualTo(lines.isEmpty() ? "" : lines + "\r\n");
        }
    }
}
