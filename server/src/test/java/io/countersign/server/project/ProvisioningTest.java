package io.countersign.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.server.platform.database.Row;
import io.countersign.server.project.ProvisionReport.Kind;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProvisioningTest {
    private final SetupFixture node = new SetupFixture();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theExampleOfTheManualIsThereAsDescribed() {
        ProvisionReport report = node.provision(SetupFixture.acme());
        assertThat(report.changes()).hasSize(20).allMatch(change -> change.kind() == Kind.CREATED);
        assertThat(report.generated()).isEmpty();
        Catalog catalog = node.catalogs.current();
        Project acme = catalog.project("acme").orElseThrow();
        Brand shop = catalog.brand(acme.id(), "shop").orElseThrow();
        assertThat(acme.timeZone()).hasToString("Europe/Berlin");
        assertThat(acme.emailBlocklist()).containsExactly("*@blocked.test");
        assertThat(shop.doubleOptIn()).isEqualTo(new DoubleOptIn(true, false));
        assertThat(shop.sender().email()).contains("Acme Shop <hello@acme.test>");
        assertThat(catalog.topics(acme.id(), shop.id())).extracting(Topic::slug, Topic::isPublic)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("news", true),
                        org.assertj.core.groups.Tuple.tuple("vip", false));
        Integration website = catalog.integration("website").orElseThrow();
        assertThat(website.verify()).isEqualTo(new ContactFlags(true, true));
        assertThat(website.sites()).containsExactly("http://localhost:9000");
        assertThat(catalog.operations(acme.id(), website.id())).hasSize(10);
        Operation register = catalog.operation(website, "website.REGISTER").orElseThrow();
        assertThat(register.name()).isEqualTo("Website.Register");
        assertThat(register.step()).isEqualTo(StepKind.REGISTER);
        assertThat(register.requiresSecretKey()).isTrue();
        assertThat(register.callsPerMinute()).isEqualTo(Operation.CALLS_PER_MINUTE);
        Form newsletter = catalog.form("newsletter").orElseThrow();
        assertThat(newsletter.asksConfirmation(shop)).isTrue();
        assertThat(newsletter.topics())
                .containsExactly(catalog.topic(acme.id(), shop.id(), "news").orElseThrow().id());
        assertThat(catalog.smsProvider()).contains(new Provider.Catcher());
        assertThat(catalog.emailProvider().orElseThrow()).isInstanceOf(Provider.Smtp.class);
    }

    @Test
    void aSecondTimeChangesNothing() {
        node.provision(SetupFixture.acme());
        String before = everything();
        ProvisionReport again = node.provision(SetupFixture.acme());
        assertThat(again.changes()).hasSize(20).allMatch(change -> change.kind() == Kind.UNCHANGED);
        assertThat(again.changed()).isFalse();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void sitesAreKeptAsBrowsersWriteThem() {
        node.provision(SetupFixture.acme());
        node.provision("projects: [ { slug: acme, integrations: [ { slug: website, sites: [ "
                + "'https://WWW.Acme.test:443/', 'https://www.acme.test', 'http://acme.test:8080' ] } ] } ]");
        Catalog catalog = node.catalogs.current();
        assertThat(catalog.integration("website").orElseThrow().sites())
                .containsExactly("https://www.acme.test", "http://acme.test:8080");
        assertThat(catalog.isSite("http://acme.test:8080")).isTrue();
        assertThat(catalog.isSite("http://localhost:9000")).isFalse();
    }

    @Test
    void aKeyIsKeptSealedBesideItsHashAndFilledInWhereItWasNot() {
        node.provision(SetupFixture.acme());
        assertThat(sealedKey()).isEqualTo("cs_test_website_0123456789abcdef");
        node.database.with(tx -> tx.update("update integration_keys set sealed = null"));
        ProvisionReport again = node.provision(SetupFixture.acme());
        assertThat(again.changed()).isFalse();
        assertThat(sealedKey()).isEqualTo("cs_test_website_0123456789abcdef");
        node.provision(SetupFixture.acme().replace("cs_test_website_0123456789abcdef", "cs_next_0123456789abcdef"));
        assertThat(sealedKey()).isEqualTo("cs_next_0123456789abcdef");
    }

    private String sealedKey() {
        byte[] sealed = node.database.with(tx -> tx.one("select sealed from integration_keys",
                row -> row.bytes("sealed"))).orElseThrow();
        return new String(node.secrets.open(sealed), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void whatTheFileDoesNotNameStays() {
        node.provision(SetupFixture.acme());
        ProvisionReport report = node.provision("""
                projects: [ { slug: acme, brands: [ { slug: shop, double_opt_in: { email: false } } ],
                              forms: [ { id: newsletter, double_opt_in: on } ],
                              integrations: [ { slug: website, active: false } ] } ]""");
        assertThat(report.changes()).extracting(Object::toString).containsExactly("unchanged project acme",
                "changed brand shop of acme", "changed integration website of acme",
                "changed form newsletter of acme");
        Brand shop = shop();
        assertThat(shop.doubleOptIn().email()).isFalse();
        assertThat(shop.name()).isEqualTo("Acme Shop");
        assertThat(node.catalogs.current().integration("website").orElseThrow().verify().email()).isTrue();
        assertThat(form().asksConfirmation(shop)).isTrue();
        assertThat(form().topics()).hasSize(1);
    }

    @Test
    void everyMistakeAgainstWhatIsThereIsToldAndNothingChanges() {
        node.provision(SetupFixture.acme());
        String before = everything();
        var refusal = catchThrowableOfType(ProvisionException.class, () -> node.provision("""
                projects:
                  - slug: other
                    brands: [ { slug: b, topics: [ { slug: t } ] } ]
                    integrations:
                      - { slug: website, brand: b }
                      - { slug: new, brand: nobody }
                      - { slug: newer, brand: b, keys: [ { secret: cs_test_website_0123456789abcdef } ] }
                      - { slug: newest }
                    forms:
                      - { id: newsletter, brand: b, integration: newer }
                      - { id: new, brand: b, integration: newer, topics: [ t, x ] }
                      - { id: newer, brand: b }
                    operators:
                      - { email: a@b.test, token: cs_test_owner_0123456789abcdef }"""));
        assertThat(refusal.errors()).containsExactly(
                "f.yaml:5: projects[0].integrations[0].slug: "
                        + "integration \"website\" belongs to another project; "
                        + "slugs are unique on the server",
                "f.yaml:6: projects[0].integrations[1].brand: the project has no brand \"nobody\"",
                "f.yaml:7: projects[0].integrations[2].keys[0].secret: "
                        + "this secret is already used by another integration or operator",
                "f.yaml:8: projects[0].integrations[3].brand: is needed",
                "f.yaml:10: projects[0].forms[0].id: form \"newsletter\" belongs to another project; "
                        + "ids are unique on the server",
                "f.yaml:11: projects[0].forms[1].topics[1]: the brand has no topic \"x\"",
                "f.yaml:12: projects[0].forms[2].integration: is needed",
                "f.yaml:14: projects[0].operators[0].token: "
                        + "this secret is already used by another integration or operator");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aKeyLeftOutIsGeneratedOnceAndStoredAsAHashOnly() {
        String file = "projects: [ { slug: a, brands: [ { slug: b } ], "
                + "integrations: [ { slug: i, brand: b } ], operators: [ { email: o@a.test } ] } ]";
        ProvisionReport first = node.provision(file);
        assertThat(first.generated()).extracting(ProvisionReport.Generated::what)
                .containsExactly("key main of i", "password of operator o@a.test of a");
        String key = first.generated().getFirst().secret().clear();
        assertThat(key).startsWith("csk_").hasSize(47);
        assertThat(first.toString()).doesNotContain(key);
        assertThat(everything()).doesNotContain(key).contains("pbkdf2-sha256$");
        assertThat(node.provision(file).generated()).isEmpty();
    }

    @Test
    void secretsAreReplacedAndRevokedByName() {
        node.provision(SetupFixture.acme());
        String other = SetupFixture.acme().replace("cs_test_website_0123456789abcdef, revoked: false",
                "cs_other_website_0123456789abcdef, revoked: true").replace("correct-horse", "wrong-horse");
        ProvisionReport report = node.provision(other);
        assertThat(report.changes()).filteredOn(change -> change.kind() == Kind.CHANGED)
                .extracting(Object::toString)
                .containsExactly("changed key main of website", "changed operator owner@acme.test of acme");
        assertThat(node.provision(other).changed()).isFalse();
    }

    @Test
    void aFormCountsTheChangesOfWhatItShows() {
        node.provision(SetupFixture.acme());
        assertThat(form().version()).isEqualTo(1);
        node.provision(SetupFixture.acme().replace("double_opt_in: inherit", "double_opt_in: off"));
        assertThat(form().version()).isEqualTo(1);
        node.provision(SetupFixture.acme().replace("topics: [news]", "topics: [vip, news]"));
        assertThat(form().version()).isEqualTo(2);
        node.provision("projects: [ { slug: acme, brands: [ { slug: shop, name: Shop } ] } ]");
        assertThat(form().version()).isEqualTo(3);
        node.provision("projects: [ { slug: acme, brands: [ { slug: shop, "
                + "topics: [ { slug: vip, name: V } ] } ] } ]");
        assertThat(form().version()).isEqualTo(4);
    }

    @Test
    void aProvidersPasswordIsSealedAndComparedByOpening() {
        String file = "providers: { email: { kind: smtp, host: mx, user: u, password: pa\"ss } }";
        assertThat(node.provision(file).changed()).isTrue();
        assertThat(node.provision(file).changed()).isFalse();
        var smtp = (Provider.Smtp) node.catalogs.current().emailProvider().orElseThrow();
        assertThat(smtp.login().orElseThrow().password(node.secrets)).isEqualTo("pa\"ss");
        assertThat(smtp.port()).isEqualTo(587);
        assertThat(everything()).doesNotContain("pa\"ss");
        assertThat(node.provision(file.replace("pa\"ss", "other")).changed()).isTrue();
    }

    @Test
    void providersOfTextMessagesAreUnderstoodAndTheirSecretsSealed() {
        String file = "providers: { sms: { kind: http, url: \"https://a.test\", account: AC1, token: clear } }";
        assertThat(node.provision(file).changed()).isTrue();
        assertThat(node.provision(file).changed()).isFalse();
        var gateway = (Provider.Gateway) node.catalogs.current().smsProvider().orElseThrow();
        assertThat(gateway.url()).isEqualTo("https://a.test");
        assertThat(gateway.login().user()).isEqualTo("AC1");
        assertThat(gateway.login().password(node.secrets)).isEqualTo("clear");
        assertThat(everything()).doesNotContain("clear");
        node.provision("providers: { sms: { kind: smpp, host: c, system_id: s, password: pass, source_ton: 5 } }");
        var smpp = (Provider.Smpp) node.catalogs.current().smsProvider().orElseThrow();
        assertThat(smpp.port()).isEqualTo(2775);
        assertThat(smpp.tls()).isFalse();
        assertThat(smpp.login().password(node.secrets)).isEqualTo("pass");
        assertThat(smpp.options()).isEqualTo(new Provider.SmppOptions("", java.util.Optional.of(5),
                java.util.Optional.empty(), java.util.Optional.empty()));
        node.provision("providers: { sms: { kind: catcher } }");
        assertThat(node.catalogs.current().smsProvider()).contains(new Provider.Catcher());
    }

    @Test
    void severalNodesAtOnceCreateEverythingOnce() throws Exception {
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ProvisionReport> run = () -> node.provision(SetupFixture.acme());
            List<ProvisionReport> reports = nodes.invokeAll(List.of(run, run, run, run, run, run)).stream()
                    .map(java.util.concurrent.Future::resultNow).toList();
            assertThat(reports).filteredOn(ProvisionReport::changed).hasSize(1);
        }
    }

    @Test
    void anUnreadableFileIsRefused() {
        assertThatThrownBy(() -> node.provision("projects: 5")).isInstanceOf(ProvisionException.class);
    }

    private Brand shop() {
        Catalog catalog = node.catalogs.current();
        return catalog.brand(catalog.project("acme").orElseThrow().id(), "shop").orElseThrow();
    }

    private Form form() {
        return node.catalogs.current().form("newsletter").orElseThrow();
    }

    /** All set-up as text, to compare. */
    private String everything() {
        return node.database.with(tx ->
                Stream.of("projects", "brands", "topics", "integrations", "integration_keys",
                "forms", "operators", "providers", "catalog_version").map(table -> {
                    try {
                        return tx.list("select t::text as row from " + table + " t order by 1",
                                (Row row) -> row.text("row")).toString();
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }).toList().toString());
    }
}
