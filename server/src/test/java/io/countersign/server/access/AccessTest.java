package io.countersign.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.access.Authentication.Denied;
import io.countersign.server.access.Authentication.Granted;
import io.countersign.server.access.Authentication.Reason;
import io.countersign.server.project.SetupFixture;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {
    private static final String KEY = "cs_test_website_0123456789abcdef";

    private final SetupFixture node = new SetupFixture();
    private final Access access = new Access(node.database, node.secrets, node.catalogs, node.clock);

    @BeforeEach
    void provision() {
        node.provision(SetupFixture.acme());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aKeyIsItsIntegration() {
        assertThat(authenticate("Bearer " + KEY)).isInstanceOfSatisfying(Granted.class, granted -> {
            var caller = (Caller.OfIntegration) granted.caller();
            assertThat(caller.integration().slug()).isEqualTo("website");
            assertThat(caller.project()).isEqualTo(caller.integration().project());
            assertThat(caller.test()).isFalse();
        });
        assertThat(authenticate("bearer  " + KEY)).isInstanceOf(Granted.class);
    }

    @Test
    void aTokenIsItsOperator() {
        assertThat(authenticate("Bearer cs_test_owner_0123456789abcdef"))
                .isInstanceOfSatisfying(Granted.class,
                granted -> assertThat(granted.caller()).isEqualTo(new Caller.OfOperator(
                        node.catalogs.current().projects().getFirst().id(), "owner@acme.test",
                        Caller.Role.OWNER)));
    }

    @Test
    void nobodyAndStrangersStayOut() {
        assertThat(access.authenticate(Optional.empty())).isEqualTo(new Denied(Reason.MISSING));
        assertThat(authenticate("Bearer " + KEY + "x")).isEqualTo(new Denied(Reason.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic " + KEY, KEY, "Bearer a b", "Bearer \u00e4",
            "Bearerx " + KEY})
    void whatIsNoBearerTokenIsMalformed(String header) {
        assertThat(authenticate(header)).isEqualTo(new Denied(Reason.MALFORMED));
    }

    @Test
    void anEndlessTokenIsMalformed() {
        assertThat(authenticate("Bearer " + "x".repeat(1_000_000))).isEqualTo(new Denied(Reason.MALFORMED));
        assertThat(authenticate("Bearer " + " ".repeat(1_000_000))).isEqualTo(new Denied(Reason.MALFORMED));
    }

    @Test
    void aRevokedKeyIsOutAtOnceAndComesBack() {
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
        node.provision(SetupFixture.acme().replace("revoked: false", "revoked: true"));
        assertThat(authenticate("Bearer " + KEY)).isEqualTo(new Denied(Reason.REVOKED));
        node.provision(SetupFixture.acme());
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
    }

    @Test
    void aKeyIsChangedForAnotherWithoutAGap() {
        keys("{ name: next, secret: cs_next_0123456789abcdef }");
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
        assertThat(authenticate("Bearer cs_next_0123456789abcdef")).isInstanceOf(Granted.class);
        keys("{ name: main, revoked: true }");
        assertThat(authenticate("Bearer " + KEY)).isEqualTo(new Denied(Reason.REVOKED));
        assertThat(authenticate("Bearer cs_next_0123456789abcdef")).isInstanceOf(Granted.class);
    }

    @Test
    void anotherSecretUnderTheSameNameReplacesTheOldOneAtOnce() {
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
        keys("{ name: main, secret: cs_next_0123456789abcdef }");
        assertThat(authenticate("Bearer " + KEY)).isEqualTo(new Denied(Reason.UNKNOWN));
        assertThat(authenticate("Bearer cs_next_0123456789abcdef")).isInstanceOf(Granted.class);
    }

    @Test
    void aTestKeyProvisionedAgainStaysAsOldAsItIs() {
        keys("{ name: trial, secret: cs_trial_0123456789abcdef, test: true }");
        node.clock.advance(Duration.ofHours(11));
        keys("{ name: trial, secret: cs_trial_0123456789abcdef, test: true }");
        node.clock.advance(Duration.ofHours(1));
        assertThat(authenticate("Bearer cs_trial_0123456789abcdef")).isEqualTo(new Denied(Reason.EXPIRED));
        keys("{ name: trial, secret: cs_trial_next_0123456789abcdef }");
        assertThat(authenticate("Bearer cs_trial_next_0123456789abcdef")).isInstanceOf(Granted.class);
    }

    @Test
    void anIntegrationSwitchedOffIsInactive() {
        node.provision("projects: [ { slug: acme, integrations: [ { slug: website, active: false } ] } ]");
        assertThat(authenticate("Bearer " + KEY)).isEqualTo(new Denied(Reason.INACTIVE));
    }

    @Test
    void aTestKeyWorksForTwelveHours() {
        keys("{ name: trial, secret: cs_trial_0123456789abcdef, test: true }");
        node.clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(authenticate("Bearer cs_trial_0123456789abcdef")).isInstanceOfSatisfying(Granted.class,
                granted -> assertThat(((Caller.OfIntegration) granted.caller()).test()).isTrue());
        node.clock.advance(Duration.ofSeconds(1));
        assertThat(authenticate("Bearer cs_trial_0123456789abcdef")).isEqualTo(new Denied(Reason.EXPIRED));
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
    }

    @Test
    void aSecondQuestionWithinSecondsIsAnsweredFromMemory() {
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
        node.database.with(tx -> tx.update("delete from integration_keys"));
        assertThat(authenticate("Bearer " + KEY)).isInstanceOf(Granted.class);
    }

    @Test
    void aNewIntegrationOfAnotherNodeIsKnownByItsFirstCall() {
        try (var stale = new SetupFixture(node.url)) {
            var there = new Access(stale.database, stale.secrets, stale.catalogs, stale.clock);
            node.provision("projects: [ { slug: acme, integrations: [ { slug: fresh, brand: shop, keys: "
                    + "[ { secret: cs_fresh_0123456789abcdef } ] } ] } ]");
            assertThat(there.authenticate(Optional.of("Bearer cs_fresh_0123456789abcdef")))
                    .isInstanceOf(Granted.class);
        }
    }

    private void keys(String keys) {
        node.provision("projects: [ { slug: acme, integrations: [ { slug: website, keys: [ " + keys + " ] } ] } ]");
    }

    private Authentication authenticate(String header) {
        return access.authenticate(Optional.of(header));
    }
}
