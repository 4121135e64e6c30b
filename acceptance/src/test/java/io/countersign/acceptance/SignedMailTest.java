package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Mails signed with keys of a brand, as whoever receives them checks them, and the button that mail programs show. */
class SignedMailTest {
    private static final String BRAND = "signing";
    private static final List<String> ALGORITHMS = List.of("rsa-sha256", "ed25519-sha256");

    @RegisterExtension
    static final Shop SHOP = new Shop();

    /** What the operator was told to publish, by name. */
    private static final Map<String, String> DNS = new HashMap<>();

    private static Mailing mailing;

    @BeforeAll
    static void keys() throws Exception {
        mailing = Mailing.create(SHOP, LetterSetUp.Project.LETTERS, BRAND, "");
        for (String algorithm : ALGORITHMS) {
            JsonNode key = mailing.done("POST", "/v1/brands/" + BRAND + "/dkim-keys", """
                    {"domain":"%s.test","selector":"%s","algorithm":"%s"}""".formatted(BRAND,
                    algorithm.replace("-sha256", ""), algorithm));
            DNS.put(key.at("/dns/name").asString(), key.at("/dns/value").asString());
        }
        mailing.campaign("signed", "", "Grüße aus dem Laden", """
                <p>Hello  ${Recipient.FirstName},</p>
                <p>news: 🎉. <a href="${Message.UnsubscribeLink}">Leave</a></p>""");
    }

    private static Letter letter(String name) throws Exception {
        mailing.person(name + "@signed.example", "email=subscribed");
        return mailing.send("signed", name + "@signed.example");
    }

    /** How many signatures of RSA an independent library finds to be right; it throws where one is wrong. */
    private static int verified(byte[] mail) throws Exception {
        var verifier = new DKIMVerifier((_, selector, domain) -> List.of(DNS.get(selector + "._domainkey." + domain)));
        var right = verifier.verify(new ByteArrayInputStream(mail));
        return right == null ? 0 : right.size();
    }

    private static boolean verifies(DkimSignature signature, byte[] mail) throws Exception {
        return signature.verifies(mail, DNS.get(signature.keyName()));
    }

    @Test
    void bothSignaturesOfACampaignsMailAreRight() throws Exception {
        byte[] mail = letter("both").mail().bytes();
        assertThat(verified(mail)).isOne();
        List<DkimSignature> signatures = DkimSignature.of(mail);
        assertThat(signatures).extracting(signature -> signature.tags().get("a"))
                .containsExactlyInAnyOrderElementsOf(ALGORITHMS);
        for (DkimSignature signature : signatures) {
            assertThat(verifies(signature, mail)).as(signature.field()).isTrue();
            assertThat(signature.tags()).containsEntry("d", BRAND + ".test");
        }
    }

    @Test
    void mailsOfTheServerItselfAreSignedToo() throws Exception {
        Letter campaign = letter("own-data");
        Letter privacy = mailing.next("own-data@signed.example", () -> SHOP.api().press("/p/" + preferences(campaign),
                "download"));
        assertThat(privacy.text()).contains("/privacy/");
        assertThat(DkimSignature.of(privacy.mail().bytes())).hasSize(2)
                .allMatch(signature -> isRight(signature, privacy.mail().bytes()));
    }

    /** The preference page is not linked in this campaign, but from the page on which one leaves. */
    private static String preferences(Letter letter) throws Exception {
        String left = SHOP.api().press(letter.page("/u/"), "unsubscribe").text();
        return left.replaceFirst("(?s).*href=\"/p/([^\"]+)\".*", "$1");
    }

    private static boolean isRight(DkimSignature signature, byte[] mail) {
        try {
            return verifies(signature, mail);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatSomebodyChangesOnTheWayBreaksBoth() throws Exception {
        byte[] mail = letter("changed").mail().bytes();
        String text = new String(mail, StandardCharsets.ISO_8859_1);
        for (String changed : List.of(text.replaceFirst("Subject: ", "Subject: No "),
                text.replaceFirst("(List-Unsubscribe: <http://[^/]+/)", "$1x"), text.replace("One-Click", "Two-Click"),
                text.replaceFirst("\r\nFrom: ", "\r\nFrom: eve@evil.test\r\nFrom: "),
                text.replaceFirst("changed@signed", "others@signed"), text + "And buy this.\r\n")) {
            byte[] bytes = changed.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(bytes).isNotEqualTo(mail);
            assertThatThrownBy(() -> verified(bytes)).isInstanceOf(FailException.class);
            assertThat(DkimSignature.of(bytes)).hasSize(2).noneMatch(signature -> isRight(signature, bytes));
        }
    }

    /** RFC 8058: both headers are signed, the post needs nothing but the address, and takes effect at once. */
    @Test
    void theButtonOfAMailProgramWorksFromTheHeadersThatAreSigned() throws Exception {
        Letter letter = letter("leaving");
        byte[] mail = letter.mail().bytes();
        assertThat(letter.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(DkimSignature.of(mail)).hasSize(2).allSatisfy(signature -> assertThat(signature.covered())
                .contains("list-unsubscribe", "list-unsubscribe-post").startsWith("from", "from"));
        assertThat(SHOP.api().get(letter.leaving()).status()).isEqualTo(200);
        assertThat(mailing.status("leaving@signed.example")).isEqualTo("subscribed");

        var answer = SHOP.api().post(letter.leaving(), "application/x-www-form-urlencoded",
                "List-Unsubscribe=One-Click");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(mailing.status("leaving@signed.example")).isEqualTo("unsubscribed");
        var again = letter("leaving-too");
        String boundary = "b";
        assertThat(SHOP.api().post(again.leaving(), "multipart/form-data; boundary=" + boundary, ("--%s\r\n"
                + "Content-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--%s--\r\n")
                .formatted(boundary, boundary)).status()).isEqualTo(200);
        assertThat(mailing.status("leaving-too@signed.example")).isEqualTo("unsubscribed");
    }
}
