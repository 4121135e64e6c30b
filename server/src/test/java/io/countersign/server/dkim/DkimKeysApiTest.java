package io.countersign.server.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.project.ProvisionException;
import io.countersign.server.project.ProvisionReport;
import io.countersign.server.testing.Api;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /v1/brands/{slug}/dkim-keys}. */
class DkimKeysApiTest {
    private static final String KEYS = "/v1/brands/shop/dkim-keys";
    private final Api api = new Api();

    @BeforeEach
    void giveTheBrandASender() {
        api.node.provision("""
                projects:
                  - slug: acme
                    brands: [ { slug: shop, sender: { email: "Shop <hello@mail.acme.test>" } } ]
                """);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static String body(String domain, String selector, String more) {
        return "{\"domain\":\"" + domain + "\",\"selector\":\"" + selector + "\"" + more + "}";
    }

    private List<String> signing() {
        return api.get(KEYS).json().path("dkim_keys").valueStream().filter(key -> key.path("signs").booleanValue())
                .map(key -> key.path("id").asString()).toList();
    }

    @Test
    void aNewKeyTellsWhatToPublishAndNothingSecret() {
        var made = api.post(KEYS, body("acme.test", "s1", ""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("id")).isEqualTo("s1._domainkey.acme.test");
        assertThat(made.text("algorithm")).isEqualTo("rsa-sha256");
        assertThat(made.json().path("dns").path("name").asString()).isEqualTo("s1._domainkey.acme.test");
        assertThat(made.json().path("dns").path("value").asString()).startsWith("v=DKIM1; k=rsa; p=MIIBIjANBgkqh");
        assertThat(made.json().path("signs").booleanValue()).isTrue();
        assertThat(api.get(KEYS).json().path("dkim_keys").get(0)).isEqualTo(made.json());
        assertThat(api.get(KEYS).json().toString()).doesNotContain("PRIVATE", "sealed");
    }

    @Test
    void ofOneAlgorithmTheOldestSignsUntilItIsRetired() {
        api.post(KEYS, body("acme.test", "s1", ""));
        assertThat(api.post(KEYS, body("acme.test", "s2", "")).json().path("signs").booleanValue()).isFalse();
        api.post(KEYS, body("mail.acme.test", "e1", ",\"algorithm\":\"ed25519-sha256\""));
        assertThat(signing()).containsExactlyInAnyOrder("s1._domainkey.acme.test", "e1._domainkey.mail.acme.test");
        assertThat(api.send(Api.OWNER, "DELETE", KEYS + "/s1._domainkey.acme.test").status()).isEqualTo(204);
        assertThat(api.send(Api.OWNER, "DELETE", KEYS + "/s1._domainkey.acme.test").status()).isEqualTo(404);
        assertThat(signing()).containsExactlyInAnyOrder("s2._domainkey.acme.test", "e1._domainkey.mail.acme.test");
        List<Integer> erased = api.node.database.with(tx -> tx.list(
                "select 1 as one from dkim_keys where sealed is null", row -> row.integer("one")));
        assertThat(erased).hasSize(1);
        assertThat(api.post(KEYS, body("acme.test", "s1", "")).code()).isEqualTo("conflict");
    }

    @Test
    void aKeyOfOnesOwnIsTaken() {
        DkimPair pair = DkimPair.make(Algorithm.RSA_SHA256);
        var kept = api.post(KEYS, body("acme.test", "own", ",\"private_key\":\"" + pem(pair) + "\""));
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.json().path("dns").path("value").asString())
                .isEqualTo(Algorithm.RSA_SHA256.record(pair.publicKey()));
    }

    /** With the line breaks of JSON and YAML. */
    private static String pem(DkimPair pair) {
        return "-----BEGIN " + "PRIVATE KEY-----\\n" + Base64.getEncoder()
                .encodeToString(pair.privateKey().getEncoded()) + "\\n-----END " + "PRIVATE KEY-----\\n";
    }

    private ProvisionReport provision(String keys) {
        return api.node.provision("projects: [ { slug: acme, brands: [ { slug: shop, dkim: [ " + keys + " ] } ] } ]");
    }

    @Test
    void theSetUpFileMakesAKeyOnceAndLeavesItRetired() {
        String key = "{ domain: acme.test, selector: cs1 }";
        assertThat(provision(key).changes().toString()).contains("created DKIM key cs1._domainkey.acme.test of"
                + " acme/shop, to be published as TXT v=DKIM1; k=rsa; p=MII");
        assertThat(provision(key).changed()).isFalse();
        assertThat(signing()).containsExactly("cs1._domainkey.acme.test");
        api.send(Api.OWNER, "DELETE", KEYS + "/cs1._domainkey.acme.test");
        assertThat(provision(key).changed()).isFalse();
        assertThat(signing()).isEmpty();
    }

    @Test
    void theSetUpFileTakesKeysOfOnesOwn() {
        DkimPair pair = DkimPair.make(Algorithm.RSA_SHA256);
        String own = "{ domain: acme.test, selector: own, private_key: \"" + pem(pair) + "\" }";
        assertThat(provision(own).toString()).contains(Algorithm.RSA_SHA256.record(pair.publicKey()));
        assertThat(provision(own).changed()).isFalse();
        assertThat(provision("{ domain: acme.test, selector: own }").changed()).isFalse();
        refused("{ domain: acme.test, selector: own, private_key: \"" + pem(DkimPair.make(Algorithm.RSA_SHA256))
                + "\" }", "another key of this selector");
        refused("{ domain: acme.test, selector: own, algorithm: ed25519-sha256 }", "another key of this selector");
        refused("{ domain: other.test, selector: a }", "that of the brand's sender");
        refused("{ domain: acme.test, selector: a, private_key: nonsense }", "private key of RSA in PEM");
        refused(own.replace("own,", "a,").replace("MII", "AII"), "its private_key must be");
        refused("{ domain: acme.test, selector: a }, { domain: acme.test, selector: a }", "twice");
        assertThat(signing()).containsExactly("own._domainkey.acme.test");
    }

    private void refused(String keys, String why) {
        assertThatThrownBy(() -> provision(keys)).isInstanceOf(ProvisionException.class).hasMessageContaining(why)
                .hasMessageNotContaining("PRIVATE").hasMessageNotContaining("nonsense");
    }

    @Test
    void whatCannotSignForTheBrandIsRefused() {
        for (String domain : List.of("other.test", "acme.test.evil.test", "ACME.test", "test-acme.test", "-a.test",
                "x")) {
            assertThat(api.post(KEYS, body(domain, "s1", "")).field()).as(domain).isEqualTo("domain");
        }
        assertThat(api.post(KEYS, body("acme.test", "s.1", "")).field()).isEqualTo("selector");
        assertThat(api.post(KEYS, body("acme.test", "s1", ",\"algorithm\":\"rsa-sha1\"")).field())
                .isEqualTo("algorithm");
        assertThat(api.post(KEYS, body("acme.test", "s1", ",\"private_key\":\"nonsense\"")).field())
                .isEqualTo("private_key");
        assertThat(api.post("/v1/brands/strict/dkim-keys", body("acme.test", "s1", "")).field()).isEqualTo("domain");
        assertThat(api.get(KEYS).json().path("dkim_keys").size()).isZero();
    }

    @Test
    void aViewerLooksOnlyAndAnotherProjectSeesNothing() {
        api.post(KEYS, body("acme.test", "s1", ""));
        assertThat(api.send(Api.VIEWER, "GET", KEYS).status()).isEqualTo(200);
        assertThat(api.send(Api.VIEWER, "DELETE", KEYS + "/s1._domainkey.acme.test").status()).isEqualTo(403);
        assertThat(api.send(Api.KEY, "GET", KEYS).status()).isEqualTo(403);
        assertThat(api.send(Api.OTHER_OWNER, "DELETE", KEYS + "/s1._domainkey.acme.test").status()).isEqualTo(404);
        assertThat(signing()).hasSize(1);
    }
}
