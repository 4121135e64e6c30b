package io.countersign.server.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.confirmation.AuthenticationTickets.Made;
import io.countersign.server.confirmation.AuthenticationTickets.Wanted;
import io.countersign.server.customer.Submission;
import io.countersign.server.project.Integration;
import io.countersign.server.testing.Api;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuthenticationTicketsTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Api api = new Api();
    private final AuthenticationTickets tickets = new AuthenticationTickets(api.node.database, api.node.secrets,
            api.node.catalogs, api.node.clock);
    private final UUID ann = customer("ann@example.org", "+491711234567", "42");

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aSignedTicketIsTheCustomerOfItsContactOrId() {
        assertThat(ask(signed("EmailAuthenticationHex|Ann@Example.org|", api.node.clock.instant()))).contains(ann);
        assertThat(ask(signed("MobilePhoneAuthenticationHex|491711234567|", api.node.clock.instant()))).contains(ann);
        assertThat(ask(signed("MobilePhoneAuthenticationHex|+491711234567|", api.node.clock.instant())))
                .contains(ann);
        assertThat(ask(signed("ExternalIdentityAuthentication|CrmID|42|", api.node.clock.instant()))).contains(ann);
        assertThat(ask(signed("ExternalIdentityAuthentication|CrmID|43|", api.node.clock.instant()))).isEmpty();
        assertThat(ask(signed("EmailAuthenticationHex|bob@example.org|", api.node.clock.instant()))).isEmpty();
    }

    @Test
    void aSignatureOfAnyOtherKeyIsWorthNothing() {
        Instant now = api.node.clock.instant();
        assertThat(ask(signed("EmailAuthenticationHex|ann@example.org|", now, Api.OTHER_KEY))).isEmpty();
        String good = signed("EmailAuthenticationHex|ann@example.org|", now);
        assertThat(ask(good.substring(0, good.length() - 1) + (good.endsWith("0") ? "1" : "0"))).isEmpty();
        assertThat(ask(good.toUpperCase(java.util.Locale.ROOT))).contains(ann);
        assertThat(tickets.customerOf(api.project, elsewhere(), good)).isEmpty();
    }

    @Test
    void aSignedTicketLastsHalfAnHour() {
        String ticket = signed("EmailAuthenticationHex|ann@example.org|", api.node.clock.instant());
        api.node.clock.advance(Duration.ofMinutes(29));
        assertThat(ask(ticket)).contains(ann);
        api.node.clock.advance(Duration.ofMinutes(1));
        assertThat(ask(ticket)).isEmpty();
    }

    @Test
    void everyLiveKeySignsAndARevokedOneDoesNot() {
        keys("{ name: main, secret: " + Api.KEY + " }, { name: next, secret: cs_next_0123456789abcdef }");
        Instant now = api.node.clock.instant();
        String next = signed("EmailAuthenticationHex|ann@example.org|", now, "cs_next_0123456789abcdef");
        assertThat(ask(next)).contains(ann);
        assertThat(ask(signed("EmailAuthenticationHex|ann@example.org|", now))).contains(ann);
        keys("{ name: main, revoked: true }");
        assertThat(ask(signed("EmailAuthenticationHex|ann@example.org|", now))).isEmpty();
        assertThat(ask(next)).contains(ann);
    }

    @Test
    void aTestKeySignsForTwelveHours() {
        keys("{ name: trial, secret: cs_trial_0123456789abcdef, test: true }");
        api.node.clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(ask(signed("ExternalIdentityAuthentication|CrmID|42|", api.node.clock.instant(),
                "cs_trial_0123456789abcdef"))).contains(ann);
        api.node.clock.advance(Duration.ofSeconds(1));
        assertThat(ask(signed("ExternalIdentityAuthentication|CrmID|42|", api.node.clock.instant(),
                "cs_trial_0123456789abcdef"))).isEmpty();
    }

    @Test
    void aKeyFromBeforeSignsOnceItIsProvisionedAgain() {
        api.update("update integration_keys set sealed = null");
        String ticket = signed("EmailAuthenticationHex|ann@example.org|", api.node.clock.instant());
        assertThat(ask(ticket)).isEmpty();
        keys("{ name: main, secret: " + Api.KEY + " }");
        assertThat(ask(ticket)).contains(ann);
    }

    @Test
    void withAccountAccessOnlyFlaggedContactsAreFound() {
        api.node.provision("projects: [ { slug: acme, integrations: [ { slug: website, "
                + "account_access: { email: true } } ] } ]");
        String ticket = signed("EmailAuthenticationHex|ann@example.org|", api.node.clock.instant());
        assertThat(ask(ticket)).isEmpty();
        api.update("update contact_points set account_access = true");
        assertThat(ask(ticket)).contains(ann);
    }

    @ParameterizedTest
    @EnumSource(AuthenticationKind.class)
    void aTicketOfAMessageIsItsCustomer(AuthenticationKind kind) {
        String text = made(kind);
        assertThat(text).matches("[0-9a-z]{1,6}-[A-Za-z0-9_-]{32}");
        assertThat(ask(text)).contains(ann);
        assertThat(tickets.customerOf(elsewhere().project(), elsewhere(), text)).isEmpty();
        assertThat(ask(text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A"))).isEmpty();
        kind.longest().ifPresent(life -> {
            api.node.clock.advance(life.minusSeconds(1));
            assertThat(ask(text)).contains(ann);
            api.node.clock.advance(Duration.ofSeconds(1));
            assertThat(ask(text)).isEmpty();
        });
    }

    @Test
    void theTimeOfAUniversalTicketIsTheMessages() {
        String text = make(new Wanted(ann, AuthenticationKind.UNIVERSAL, Optional.empty(),
                Optional.of(Duration.ofMinutes(5))));
        api.node.clock.advance(Duration.ofMinutes(5));
        assertThat(ask(text)).isEmpty();
    }

    @Test
    void aTicketSentToAnAddressEndsWithIt() {
        String bound = made(AuthenticationKind.EMAIL);
        String permanent = made(AuthenticationKind.PERMANENT);
        api.apply(Submission.of(api.command(new Who.ById(ann),
                new Change.FillContact(ContactType.EMAIL, "new@example.org", ContactRoute.NOT_VERIFYING))));
        assertThat(ask(bound)).isEmpty();
        assertThat(ask(permanent)).contains(ann);
    }

    @Test
    void afterAMergeItIsTheSurvivorAndAfterAnErasureNobody() {
        String text = made(AuthenticationKind.PERMANENT);
        UUID other = customer("other@example.org", "+491717654321", "77");
        api.apply(Submission.of(api.command(new Who.ById(other), new Change.MergeWith(ann))));
        UUID survivor = UUID.fromString(api.node.database.with(tx -> tx.one("""
                select coalesce(merged_into, customer_id)::text as id from customers where customer_id = ?""",
                row -> row.text("id"), ann)).orElseThrow());
        assertThat(ask(text)).contains(survivor);
        api.apply(Submission.of(api.command(new Who.ById(survivor), new Change.Erase())));
        assertThat(ask(text)).isEmpty();
        assertThat(api.count("select count(*) from authentication_tickets")).isZero();
    }

    @Test
    void theTableKnowsNeitherSecretNorAddress() {
        String text = made(AuthenticationKind.EMAIL);
        String row = api.node.database.with(tx -> tx.one("select t::text as row from authentication_tickets t",
                found -> found.text("row"))).orElseThrow();
        assertThat(row).doesNotContain(text.split("-", 2)[1], "ann@example.org");
        assertThatThrownBy(() -> new Wanted(ann, AuthenticationKind.EMAIL, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String made(AuthenticationKind kind) {
        return make(new Wanted(ann, kind, kind.contact().map(type ->
                type == ContactType.EMAIL ? "ann@example.org" : "+491711234567"), Optional.empty()));
    }

    private String make(Wanted wanted) {
        Made made = tickets.make(api.project, wanted);
        api.node.database.transaction(tx -> {
            AuthenticationStore.write(tx, api.project, List.of(made), api.node.clock.instant());
            return null;
        });
        return made.text();
    }

    private Optional<UUID> ask(String text) {
        return tickets.customerOf(api.project, api.catalog().integration("website").orElseThrow(), text);
    }

    private Integration elsewhere() {
        return api.catalog().integration("elsewhere").orElseThrow();
    }

    private void keys(String keys) {
        api.node.provision("projects: [ { slug: acme, integrations: [ { slug: website, keys: [ " + keys + " ] } ] } ]");
    }

    private UUID customer(String email, String mobile, String crm) {
        return api.apply(Submission.of(api.command(new Who.Newcomer(),
                new Change.FillContact(ContactType.EMAIL, email, ContactRoute.NOT_VERIFYING),
                new Change.FillContact(ContactType.MOBILE, mobile, ContactRoute.NOT_VERIFYING),
                new Change.SetExternalId("CrmID", crm)))).customer().orElseThrow();
    }

    private static String signed(String message, Instant at) {
        return signed(message, at, Api.KEY);
    }

    /** As a site makes it. */
    private static String signed(String message, Instant at, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            byte[] bytes = (message + TIME.format(at)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(bytes) + '|' + HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
