package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever sends mails to the address for bounces decides all of their bytes. */
@Timeout(20)
final class HostileMailsTest {
    @Test
    void aMailBeyondABoundIsRefusedAndNothingOfItIsQuoted() {
        refused("", "no headers");
        refused("\r\n\r\nnothing but a text", "no headers");
        refused("A: b\r\n".repeat(600) + "\r\n", "beyond a bound");
        refused("Subject: " + "x".repeat(40_000) + "\r\n\r\n", "beyond a bound");
        refused("Subject: a" + "\r\n folded".repeat(9_000) + "\r\n\r\n", "beyond a bound");
        refused("A: " + "x".repeat(MailBlocks.LARGEST), "larger than");
        refused(manyParts(), "more than 100 parts");
        refused(deep(40), "nested too deep");
        refused(deep(16_000), "nested too deep");
        refused("Content-Type: message/rfc822\r\n\r\n".repeat(30_000), "nested too deep");
        refused(deep(100_000), "larger than");
        refused("Content-Type: message/rfc822\r\n\r\n".repeat(60), "nested too deep");
    }

    @Test
    void aBodyThatIsHugeOrBrokenIsReadAsFarAsItMatters() throws UnreadableMail {
        var blocks = MailBlocks.read(bytes("Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "QUFB".repeat(200_000)));
        assertThat(blocks.getFirst().text()).hasSize(64 * 1024);
        String open = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nno end";
        assertThat(MailBlocks.read(bytes(open))).hasSize(2);
        assertThat(MailBlocks.read(bytes("Subject: x\r\nContent-Type: multipart/mixed\r\n\r\n--b\r\n")).getFirst()
                .first("subject")).contains("x");
        assertThat(MailBlocks.read(bytes("Subject: x\nContent-Type: ;;;=\"\n\nbare line feeds\n"))).isNotEmpty();
    }

    @Test
    void deliveryReportsAreBoundedInEverything() {
        String recipient = "Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n\n";
        assertThat(DeliveryStatus.read(recipient.repeat(10_000))).hasSizeLessThanOrEqualTo(51);
        assertThat(DeliveryStatus.read("Action: failed\nDiagnostic-Code: smtp; " + "9.".repeat(30_000) + "\n"))
                .hasSize(1);
        assertThat(DeliveryStatus.read("\n".repeat(60_000))).isEmpty();
        assertThat(DeliveryStatus.read("Action:\n \n \n" + "\r\n \t".repeat(20_000))).isEmpty();
    }

    @Test
    void randomBytesNeverDoMoreThanBeingRefused() {
        var random = new Random(7);
        byte[] report = bytes(Mails.report("a@b.test", "a@example.org", "failed", "5.1.1"));
        for (int i = 0; i < 2_000; i++) {
            byte[] mail = Arrays.copyOf(report, 1 + random.nextInt(report.length));
            for (int j = random.nextInt(30); j > 0; j--) {
                mail[random.nextInt(mail.length)] = (byte) random.nextInt(256);
            }
            try {
                MailBlocks.read(mail).forEach(block -> DeliveryStatus.read(block.text()));
            } catch (UnreadableMail e) {
                assertThat(e).hasNoCause();
            }
        }
    }

    private static void refused(String mail, String why) {
        assertThatThrownBy(() -> MailBlocks.read(bytes(mail))).isInstanceOf(UnreadableMail.class)
                .hasMessageContaining(why);
    }

    private static String manyParts() {
        return "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(50_000);
    }

    private static String deep(int levels) {
        var mail = new StringBuilder("Subject: x\r\n");
        for (int i = 0; i < levels; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b").append(i)
                    .append("\r\n");
        }
        return mail.append("\r\nx").toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
