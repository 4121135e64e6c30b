package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmailComposerTest {
    private static final EmailBody BODY = new EmailBody("Hello\n", "<p>Hello</p>\n");
    private final EmailComposer composer = new EmailComposer();

    @Test
    void headersAreOursAndStable() throws Exception {
        var mail = parse(Emails.to("ann@example.com"));
        assertThat(mail.getHeader("Message-ID"))
                .containsExactly("<01234567-89ab-cdef-0000-000000000001@acme.test>");
        assertThat(mail.getHeader("Date")).containsExactly("Sun, 1 Mar 2026 09:05:07 +0000");
        assertThat(mail.getHeader("From")).containsExactly("Acme Shop <hello@acme.test>");
        assertThat(mail.getHeader("To")).containsExactly("ann@example.com");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("MIME-Version")).containsExactly("1.0");
    }

    @Test
    void theSameMailBecomesTheSameBytes() {
        assertThat(composer.compose(Emails.to("ann@example.com")))
                .isEqualTo(new EmailComposer().compose(Emails.to("ann@example.com")));
        assertThat(composer.compose(Emails.to("ann@example.com")))
                .isNotEqualTo(composer.compose(Emails.numbered(2, "ann@example.com")));
    }

    @Test
    void subjectsReadBackAsGiven() throws Exception {
        for (var subject : List.of("Please confirm", "", " leading and trailing ", "two  blanks",
                "=?UTF-8?B?eA==?=", "Grüße aus Köln – bitte bestätigen",
                "🎉 " + "👩‍👩‍👧‍👦".repeat(30), "x".repeat(900), "ä".repeat(900),
                "a, \"b\" <c@d>; e: f")) {
            var mail = parse(Emails.with(1, Mailbox.parse("ann@example.com"), subject, BODY));
            assertThat(mail.getSubject()).isEqualTo(subject);
        }
    }

    @Test
    void namesReadBackAsGiven() throws Exception {
        for (var name : List.of("Acme Shop", "Acme, Inc.", "O'Brien \"Bob\" \\ Co", "Müller & Söhne", "株式会社",
                "n".repeat(200), "ü".repeat(200), "a.b")) {
            var from = new Mailbox(name, "hello@acme.test");
            var mail = parse(new OutgoingEmail(new UUID(0, 1), Origin.plain(from), from, "s", BODY, Emails.DATE,
                    ExtraHeaders.NONE));
            for (var header : List.of("From", "To")) {
                var read = InternetAddress.parseHeader(mail.getHeader(header)[0], true)[0];
                assertThat(read.getPersonal()).isEqualTo(name);
                assertThat(read.getAddress()).isEqualTo("hello@acme.test");
            }
        }
    }

    @Test
    void bodiesReadBackAsGivenWithCrLf() throws Exception {
        for (var text : List.of("plain\nlines\n", ".\n..\n.dot\n", "x".repeat(5_000), "Grüße\n",
                "日本語のメール".repeat(50),
                "blank at end \n\ttab\t\nequals = and =_ and =3D\n", "no line break at end", "ends in blank ",
                "old\rmac", "crlf\r\nkept\r\n", "\u0000\u0001 control", "ü" + " ".repeat(200) + "\n",
                "😀".repeat(100), "--=_01234567-89ab-cdef-0000-000000000001--\n", "\n\n\n", "From here\n")) {
            assertBodyReadsBack(text, "<p>" + text + "</p>");
        }
    }

    @Test
    void randomBodiesReadBackAsGiven() throws Exception {
        long seed = 20_260_301;
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            assertBodyReadsBack(randomText(random), randomText(random));
        }
    }

    @Test
    void linesNeverExceedTheLimitAndAreAscii() {
        var nasty = "wörter ".repeat(3_000) + "x".repeat(10_000) + "\n" + "日本".repeat(3_000);
        var mail = Emails.with(1, Mailbox.parse("\"" + "n".repeat(150) + "ü\" <ann@example.com>"),
                "ü".repeat(500),
                new EmailBody(nasty, nasty));
        for (var line : new String(composer.compose(mail), StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(998);
            assertThat(line).matches("[\\x20-\\x7e\\t]*");
        }
    }

    @Test
    void oneEmptyPartMeansASinglePart() throws Exception {
        var text = parse(Emails.with(1, Mailbox.parse("ann@example.com"), "s",
                new EmailBody("only text", "")));
        assertThat(text.getContentType()).startsWith("text/plain");
        assertThat((String) text.getContent()).isEqualTo("only text\r\n");
        var html = parse(Emails.with(1, Mailbox.parse("ann@example.com"), "s",
                new EmailBody("", "<p>ü</p>")));
        assertThat(html.getContentType()).startsWith("text/html");
        assertThat((String) html.getContent()).isEqualTo("<p>ü</p>\r\n");
    }

    @Test
    void internationalDomainsTravelAsALabelsAndLocalPartsAreKept() throws Exception {
        var mail = parse(Emails.to("Ann.Lee+News@Bücher.example"));
        assertThat(mail.getHeader("To")).containsExactly("Ann.Lee+News@xn--bcher-kva.example");
        var shop = new Mailbox("", "hello@bücher.example");
        var from = parse(new OutgoingEmail(new UUID(0, 1), Origin.plain(shop), shop, "s", BODY, Emails.DATE,
                ExtraHeaders.NONE));
        assertThat(from.getMessageID())
                .isEqualTo("<00000000-0000-0000-0000-000000000001@xn--bcher-kva.example>");
    }

    @Test
    void extraHeadersKeepTheirOrder() throws Exception {
        var headers = new LinkedHashMap<String, String>();
        headers.put("List-Unsubscribe", "<https://acme.test/u/" + "t".repeat(300) + ">");
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        headers.put("Form-Sub", "v=1; ip=192.0.2.1");
        var mail = new OutgoingEmail(new UUID(0, 1), Origin.plain(Emails.SHOP), Emails.SHOP, "s", BODY,
                Emails.DATE, new ExtraHeaders(headers));
        var parsed = parse(mail);
        headers.forEach((name, value) -> assertThat(header(parsed, name)).isEqualTo(value));
        assertThat(new String(composer.compose(mail), StandardCharsets.US_ASCII))
                .containsSubsequence("List-Unsubscribe: ", "List-Unsubscribe-Post: ", "Form-Sub: ");
    }

    private void assertBodyReadsBack(String text, String html) throws MessagingException, IOException {
        var mail = parse(Emails.with(1, Mailbox.parse("ann@example.com"), "s", new EmailBody(text, html)));
        var parts = (MimeMultipart) mail.getContent();
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(content(parts.getBodyPart(0))).isEqualTo(canonical(text));
        assertThat(content(parts.getBodyPart(1))).isEqualTo(canonical(html));
    }

    private static String content(BodyPart part) throws MessagingException, IOException {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String canonical(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    private static String randomText(Random random) {
        var alphabet = List.of("a", " ", "\t", "\n", "\r\n", "=", "_", ".", "-", "ü", "語", "😀",
                "x".repeat(40), "\u007f");
        int common = random.nextInt(alphabet.size());
        var text = new StringBuilder("!");
        for (int i = random.nextInt(400); i > 0; i--) {
            text.append(alphabet.get(random.nextBoolean() ? common : random.nextInt(alphabet.size())));
        }
        return text.toString();
    }

    private MimeMessage parse(OutgoingEmail email) throws MessagingException {
        return new ReceivedMail(1, "", List.of(), composer.compose(email)).parsed();
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name)[0];
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
