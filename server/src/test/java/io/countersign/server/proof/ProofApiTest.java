package io.countersign.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.pages.HtmlShape;
import io.countersign.server.proof.ProofCheck.Verdict;
import io.countersign.server.testing.Api;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProofApiTest {
    private Api api;
    private String path;

    @BeforeAll
    void start() {
        api = new Api();
        Submission signUp = api.signUp("ann@example.org");
        var shown = new ConsentDraft(ConsentDraft.Kind.REQUEST, Optional.of("Yes, news <b>please</b>"),
                Optional.of(new ConsentDraft.Shown("newsletter", 1)), new ConsentDraft.Request(Optional.of("192.0.2.1"),
                Optional.of("browser"), Optional.empty()), Optional.empty());
        path = "/v1/customers/" + Ids.show("cus", api.apply(new Submission(signUp.command(), Optional.of(shown),
                Optional.empty())).customer().orElseThrow()) + "/proof";
    }

    @AfterAll
    void end() {
        api.close();
    }

    private ObjectNode proof() {
        var answer = api.get(path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        return (ObjectNode) answer.json();
    }

    private byte[] keys() {
        return Json.write(api.send(null, "GET", "/v1/signing-keys").json());
    }

    @Test
    void itHoldsWhatWasShownAndWhatFollowed() {
        JsonNode document = proof().path("document");
        assertThat(document.path("made_for").stringValue()).isEqualTo("operator:owner@acme.test");
        assertThat(document.at("/customer/contacts/0/value").stringValue()).isEqualTo("ann@example.org");
        JsonNode consent = document.at("/customer/consents/0");
        assertThat(consent.path("wording").stringValue()).isEqualTo("Yes, news <b>please</b>");
        assertThat(consent.path("ip").stringValue()).isEqualTo("192.0.2.1");
        assertThat(consent.path("form").stringValue()).isEqualTo("newsletter");
        assertThat(document.at("/messages/0/kind").stringValue()).isEqualTo("opt_in");
        assertThat(document.at("/chains/0/as_recorded").booleanValue()).isTrue();
        assertThat(document.at("/chains/0/hash")).isEqualTo(consent.at("/chain/hash"));
    }

    /** RFC 7515 and 8037 followed step by step, with the JDK's own classes only. */
    @Test
    void itsSignatureIsAJsonWebSignature() throws Exception {
        ObjectNode proof = proof();
        JsonNode key = Json.parse(keys()).at("/keys/0");
        byte[] x = Base64.getUrlDecoder().decode(key.path("x").stringValue());
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = x[31 - i];
        }
        boolean odd = (reversed[0] & 0x80) != 0;
        reversed[0] &= 0x7f;
        var point = new EdECPoint(odd, new BigInteger(1, reversed));
        var publicKey = KeyFactory.getInstance("EdDSA").generatePublic(
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        String[] parts = proof.path("signature").stringValue().split("\\.");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"EdDSA\",\"kid\":\"" + key.path("kid").stringValue() + "\",\"typ\":\"JOSE\"}");
        Signature signature = Signature.getInstance("EdDSA");
        signature.initVerify(publicKey);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(Json.parse(Base64.getUrlDecoder().decode(parts[1]))).isEqualTo(proof.path("document"));
    }

    @Test
    void whatWasChangedIsNotGenuine() {
        ObjectNode proof = proof();
        assertThat(ProofCheck.check(Json.write(proof), keys())).isInstanceOf(Verdict.Genuine.class);
        ObjectNode changed = proof.deepCopy();
        ((ObjectNode) changed.path("document")).put("made_for", "somebody");
        assertThat(ProofCheck.check(Json.write(changed), keys()))
                .isEqualTo(new Verdict.Refused("the document is not the one that was signed"));
        String[] parts = proof.path("signature").stringValue().split("\\.");
        String other = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(changed.path("document")));
        assertThat(ProofCheck.check(Json.write(changed.put("signature", parts[0] + "." + other + "." + parts[2])),
                keys())).isEqualTo(new Verdict.Refused("the signature does not fit"));
        for (String text : new String[] {"{}", "[]", "{\"signature\":\"a.b\"}", "{\"signature\":\"..\"}",
            "{\"signature\":\"%%.%%.%%\"}", ""}) {
            assertThat(ProofCheck.check(text.getBytes(StandardCharsets.UTF_8), keys())).as(text)
                    .isInstanceOf(Verdict.Refused.class);
        }
        assertThat(ProofCheck.check(Json.write(proof), "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Verdict.Refused.class);
    }

    private String page() {
        var page = api.exchange(api.request(path).header("Authorization", "Bearer " + Api.OWNER)
                .header("Accept", "text/html"));
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/html"));
        assertThat(HtmlShape.problems(page.body())).isEmpty();
        Matcher allowed = Pattern.compile("style-src '(sha256-[^']+)'").matcher(
                page.headers().firstValue("Content-Security-Policy").orElseThrow());
        assertThat(allowed.find()).isTrue();
        assertThat(page.body()).contains(allowed.group(1), "<style>");
        return page.body();
    }

    @Test
    void whoeverWantsToReadGetsAPageInWords() {
        String text = HtmlShape.textOf(page());
        assertThat(text).contains("Record of consent", "for owner@acme.test.", "Every record is as it was written.",
                "Email address ann@example.org – ",
                "Shop · By email Requires confirmation – 2026-01-02 03:04:05 UTC",
                "Request", "IP address 192.0.2.1", "Browser or program browser", "Sign-up form newsletter",
                "Text that was shown Yes, news <b>please</b>", "Messages to the person Request for confirmation",
                "No data Requires confirmation Sign-up form The person", "All times are in UTC.")
                .doesNotContain("user_agent", "requires_confirmation", "no_data", "→", "operator:");
    }

    @Test
    void timesAreToTheSecondAndTheExactOneStandsBeside() {
        String at = proof().at("/document/customer/consents/0/at").stringValue();
        assertThat(page()).contains("<time datetime=\"" + at + "\" title=\"" + at + "\"><bdi>"
                + at.substring(0, 10) + " " + at.substring(11, 19) + " UTC</bdi></time>");
    }

    @Test
    void aMailWithoutATextOfItsOwnIsReadByItsWords() {
        assertThat(ReadableText.of("Hello <Ann>,\nbye")).isEqualTo("Hello <Ann>,\nbye");
        assertThat(ReadableText.of("<html><head><style>p{}</style></head><body><p>Hello</p><p>A &amp; B</p></body>"))
                .isEqualTo("Hello\nA & B");
    }

    @Test
    void itIsForWhoMayReadTheCustomer() {
        assertThat(api.send(null, "GET", path).status()).isEqualTo(401);
        assertThat(api.send(Api.OTHER_KEY, "GET", path).status()).isEqualTo(404);
        assertThat(api.send(Api.VIEWER, "GET", path).status()).isEqualTo(200);
        assertThat(api.get("/v1/customers/cus_00000000000000000000000000/proof").status()).isEqualTo(404);
    }
}
