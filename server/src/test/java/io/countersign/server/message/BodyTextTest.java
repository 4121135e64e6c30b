package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What stands on the line; that it is read back as it was given is tested with whole mails. */
final class BodyTextTest {
    private static String written(String content) {
        var out = new ByteArrayOutputStream();
        BodyText.of(content).writeTo(out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String encoding(String content) {
        return BodyText.of(content).encoding();
    }

    @Test
    void linesOfUpTo998OctetsAreSentAsTheyAre() {
        String longest = "x".repeat(998);
        assertThat(encoding(longest)).isEqualTo("7bit");
        assertThat(encoding("a\n" + longest + "\n\n" + longest + "\r\nb")).isEqualTo("7bit");
        for (String tooLong : new String[] {longest + "x", longest + " ", longest + "=", longest + "x\n",
            "a\n" + longest + "x"}) {
            assertThat(encoding(tooLong)).isEqualTo("quoted-printable");
        }
    }

    @Test
    void whatCouldBeMistakenOrIsNotAsciiIsEncoded() {
        assertThat(encoding("a\tb = c _ d =\n_")).isEqualTo("7bit");
        for (String text : new String[] {"=_", "a=_b", "==_", "\u007f", "\u0000", "caf\u00e9 au lait, du pain"}) {
            assertThat(encoding(text)).isEqualTo("quoted-printable");
        }
        assertThat(encoding("\u65e5\u672c\u8a9e")).isEqualTo("base64");
    }

    @Test
    void aFullLineGoesOnOnTheNext() {
        String end = "=_\n";
        assertThat(written("x".repeat(75) + "\n" + end)).isEqualTo("x".repeat(75) + "\r\n=3D_\r\n");
        assertThat(written("x".repeat(76) + "\n" + end)).isEqualTo("x".repeat(75) + "=\r\nx\r\n=3D_\r\n");
        assertThat(written("x".repeat(72) + end)).isEqualTo("x".repeat(72) + "=3D=\r\n_\r\n");
        for (int before = 73; before <= 75; before++) {
            assertThat(written("x".repeat(before) + end)).isEqualTo("x".repeat(before) + "=\r\n=3D_\r\n");
        }
    }

    @Test
    void onlyTheLastBlankOfALineIsEscaped() {
        assertThat(written("=_ \n")).isEqualTo("=3D_=20\r\n");
        assertThat(written("=_ a  \n\t\n b\t")).isEqualTo("=3D_ a =20\r\n=09\r\n b=09");
        assertThat(written("=_\n" + " ".repeat(76))).isEqualTo("=3D_\r\n" + " ".repeat(75) + "=\r\n=20");
        assertThat(written("=_\n" + " ".repeat(75) + "\n")).isEqualTo("=3D_\r\n" + " ".repeat(74)
                + "=\r\n=20\r\n");
    }

    @Test
    void breaksOfAnyKindBecomeOne() {
        assertThat(written("a\rb\nc\r\nd\n\re")).isEqualTo("a\r\nb\r\nc\r\nd\r\n\r\ne");
    }
}
