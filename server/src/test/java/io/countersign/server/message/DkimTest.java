package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.dkim.Algorithm;
import io.countersign.server.dkim.DkimPair;
import io.countersign.server.dkim.SignedMail;
import io.countersign.server.dkim.Signer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;

/** Signatures as an independent library sees them. */
class DkimTest {
    private static final Map<Algorithm, DkimPair> PAIRS = Map.of(
            Algorithm.RSA_SHA256, DkimPair.make(Algorithm.RSA_SHA256),
            Algorithm.ED25519_SHA256, DkimPair.make(Algorithm.ED25519_SHA256));
    private static final ExtraHeaders LIST = new ExtraHeaders(new LinkedHashMap<>(Map.of(
            "List-Unsubscribe", "<https://acme.test/u/1.abc>, <mailto:abc@bounce.acme.test?subject=unsubscribe>",
            "List-Unsubscribe-Post", "List-Unsubscribe=One-Click", "Feedback-ID", "1:shop:campaign:countersign")));

    private static Signer signer(Algorithm algorithm) {
        return new Signer("acme.test", "s-" + algorithm.text(), algorithm, PAIRS.get(algorithm).privateKey());
    }

    private static OutgoingEmail mail(String subject, EmailBody body, Algorithm... algorithms) {
        return mail(Mailbox.parse("ann@example.com"), subject, body, algorithms);
    }

    private static OutgoingEmail mail(Mailbox to, String subject, EmailBody body, Algorithm... algorithms) {
        return new OutgoingEmail(new UUID(1, 2), new Origin(Emails.SHOP, Optional.empty(),
                List.of(algorithms).stream().map(DkimTest::signer).toList()), to, subject, body, Emails.DATE, LIST);
    }

    private static String composed(OutgoingEmail mail) {
        return new String(new EmailComposer().compose(mail), StandardCharsets.UTF_8);
    }

    /** The domain's DNS, as a receiver sees it. */
    private static int verify(String mail) throws Exception {
        var verifier = new DKIMVerifier((_, selector, domain) -> {
            assertThat(domain.toString()).isEqualTo("acme.test");
            return PAIRS.keySet().stream().filter(algorithm -> selector.toString().equals("s-" + algorithm.text()))
                    .map(algorithm -> algorithm.record(PAIRS.get(algorithm).publicKey())).toList();
        });
        var verified = verifier.verify(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        return verified == null ? 0 : verified.size();
    }

    @Test
    void mailsOfEveryKindVerify() throws Exception {
        for (EmailBody body : List.of(new EmailBody("Hello\n", ""), new EmailBody("", "<p>Hello</p>"),
                new EmailBody("Hello  \n\n\n", "<p>Hello</p>"),
                new EmailBody(".\n..\n.\n", "<p>.</p>\n.\n"), new EmailBody("x".repeat(998), "y".repeat(3_000)),
                new EmailBody("Grüße\t \n  zweite   Zeile", "<p>🎉" + "ü".repeat(5_000) + "</p>"),
                new EmailBody("a\rb\r\nc\n", "<pre>\r\n \r\n</pre>"))) {
            for (String subject : List.of("Hello", "", "Grüße 🎉 an alle, die schon immer lange Betreffzeilen mochten",
                    "two  blanks", "w".repeat(300))) {
                String mail = composed(mail(subject, body, Algorithm.RSA_SHA256));
                assertThatCode(() -> assertThat(verify(mail)).isEqualTo(1)).as(mail).doesNotThrowAnyException();
            }
        }
    }

    /** The hash that RFC 6376 gives in section 3.4.4; the library takes empty lines for something. */
    @Test
    void aBodyOfEmptyLinesCountsAsNone() {
        for (String empty : List.of("", "\r\n", "\r\n\r\n", " \r\n\t\r\n")) {
            assertThat(SignedMail.of("From: a@acme.test\r\n", empty.getBytes(StandardCharsets.UTF_8)).bodyHash())
                    .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        }
    }

    @Test
    void aSecondSignatureThatTheLibraryDoesNotKnowDoesNoHarm() throws Exception {
        String mail = composed(mail("s", new EmailBody("Hello\n", "<p>Hello</p>"), Algorithm.RSA_SHA256,
                Algorithm.ED25519_SHA256));
        assertThat(mail).contains("a=rsa-sha256;", "a=ed25519-sha256;");
        assertThat(verify(mail)).isEqualTo(1);
    }

    @Test
    void ed25519SignsTheHashOfWhatRsaSigns() throws Exception {
        DkimPair pair = PAIRS.get(Algorithm.ED25519_SHA256);
        SignedMail mail = SignedMail.of("From: a@acme.test\r\nSubject: s\r\n", new byte[0]);
        String field = signer(Algorithm.ED25519_SHA256).sign(mail);
        int end = field.indexOf(" b=") + 3;
        String signed = "from:a@acme.test\r\nsubject:s\r\ndkim-signature:"
                + field.substring("DKIM-Signature: ".length(), end).replaceAll("\\s+", " ");
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(pair.publicKey());
        check.update(MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.UTF_8)));
        assertThat(check.verify(Base64.getMimeDecoder().decode(field.substring(end)))).isTrue();
        assertThat(Algorithm.ED25519_SHA256.record(pair.publicKey()))
                .matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
    }

    @Test
    void keysOfOthersAreRead() {
        DkimPair pair = PAIRS.get(Algorithm.RSA_SHA256);
        byte[] rsa = pair.privateKey().getEncoded();
        String pem = pem("PRIVATE", rsa);
        String old = pem("RSA PRIVATE", Arrays.copyOfRange(rsa, 26, rsa.length));
        assertThat(DkimPair.read(pem).publicKey()).isEqualTo(pair.publicKey());
        assertThat(DkimPair.read(old).publicKey()).isEqualTo(pair.publicKey());
        for (String bad : List.of("", "x", old.replace("RSA ", ""), old.substring(40), old.replace("MII", "AAA"),
                pem("PRIVATE", new byte[3]), pem("EC PRIVATE", rsa), pem + pem,
                pem("PRIVATE", PAIRS.get(Algorithm.ED25519_SHA256).privateKey().getEncoded()))) {
            assertThatThrownBy(() -> DkimPair.read(bad)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("must be");
        }
    }

    private static String pem(String kind, byte[] key) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END "
                + kind + " KEY-----\n";
    }

    @Test
    void howToLeaveIsSignedAndTheSenderCannotBeDoubled() {
        String mail = composed(mail("s", new EmailBody("Hello\n", ""), Algorithm.RSA_SHA256));
        assertThat(mail).contains("h=from:from:", ":list-unsubscribe:list-unsubscribe-post:");
        for (String changed : List.of(mail.replace("/u/1.abc", "/u/1.abd"), mail.replace("One-Click", "Two-Click"),
                mail.replace("Hello", "Hallo"), mail.replace("Subject: s", "Subject: t"),
                mail.replace("hello@acme.test", "other@acme.test"), mail.replace("To: ann", "To: bob"),
                "From: Somebody <else@acme.test>\r\n" + mail,
                mail.replace("To: ann", "From: else@acme.test\r\nTo: ann"),
                mail + "more\r\n")) {
            assertThat(changed).isNotEqualTo(mail);
            assertThatThrownBy(() -> verify(changed)).isInstanceOf(FailException.class);
        }
    }

    @Test
    void aMailIsSignedTheSameAgainAndLinesStayShort() {
        var mail = mail("Grüße", new EmailBody("Hello\n", ""), Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256);
        assertThat(composed(mail)).isEqualTo(composed(mail));
        assertThat(composed(mail).lines()).allMatch(line -> line.length() < 400);
    }

    @Test
    void withoutAKeyNothingIsSigned() {
        assertThat(composed(mail("s", new EmailBody("Hello\n", "")))).startsWith("Date: ");
    }
}
