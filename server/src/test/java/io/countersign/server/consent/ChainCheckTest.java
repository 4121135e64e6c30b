package io.countersign.server.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.countersign.server.consent.ChainFinding.What;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Migrations;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.TestPostgres;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody with all rights on the database changes evidence, and it shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChainCheckTest {
    private Api api;
    private ConsentAnchors anchors;
    private int people;

    @BeforeAll
    void start() {
        api = new Api();
        anchors = new ConsentAnchors(api.node.database, new ConsentSeal(api.node.secrets), api.node.clock);
    }

    @AfterAll
    void end() {
        api.close();
    }

    /** Signs up with a wording, and is changed by hand twice: three records. */
    private UUID person() {
        String email = "person" + ++people + "@example.org";
        Submission signUp = api.signUp(email);
        var shown = new ConsentDraft(ConsentDraft.Kind.REQUEST, Optional.of("I want news, " + email),
                Optional.of(new ConsentDraft.Shown("newsletter", 1)), new ConsentDraft.Request(Optional.of("192.0.2.1"),
                Optional.of("browser"), Optional.of("https://shop.test/")), Optional.empty());
        UUID id = api.apply(new Submission(signUp.command(), Optional.of(shown), Optional.empty())).customer()
                .orElseThrow();
        String path = "/v1/customers/" + Ids.show("cus", id);
        for (String status : List.of("subscribed", "unsubscribed")) {
            assertThat(api.patch(path, "{\"subscriptions\":[{\"brand\":\"shop\",\"channel\":\"email\",\"status\":\""
                    + status + "\"}]}").status()).isEqualTo(200);
        }
        assertThat(found(id)).isEmpty();
        return id;
    }

    private List<What> found(UUID customer) {
        return check().found().stream().filter(finding -> finding.customer().filter(customer::equals).isPresent())
                .map(ChainFinding::what).toList();
    }

    private ChainCheck.Result check() {
        return new ChainCheck(api.node.database, new ConsentSeal(api.node.secrets)).check(_ -> { }).getFirst();
    }

    /** As the owner of the tables can. */
    private void tamper(String sql, Object... parameters) {
        api.node.database.transaction(tx -> {
            tx.update("alter table consents disable trigger consents_immutable");
            tx.update("alter table wordings disable trigger wordings_immutable");
            int changed = tx.update(sql, parameters);
            tx.update("alter table consents enable trigger consents_immutable");
            tx.update("alter table wordings enable trigger wordings_immutable");
            assertThat(changed).isPositive();
            return null;
        });
    }

    @Test
    void aFieldThatIsChangedShows() {
        for (String change : List.of("ip = '198.51.100.9'", "at = at + interval '1 second'", "kind = 'confirmation'",
                "actor = 'operator:somebody@acme.test'", "form_version = 2", "page = null", "wording_hash = null",
                "hash = decode(repeat('ab', 32), 'hex')")) {
            UUID id = person();
            tamper("update consents set " + change + " where customer_id = ? and position = 1", id);
            assertThat(found(id)).as(change).startsWith(What.CHANGED);
        }
    }

    @Test
    void aWordingThatIsChangedOrTakenAwayShows() {
        UUID changed = person();
        tamper("update wordings set text = 'I want everything' where text like ?", "%person" + people + "@%");
        assertThat(found(changed)).containsExactly(What.WORDING_CHANGED);
        UUID gone = person();
        tamper("delete from wordings where text like ?", "%person" + people + "@%");
        assertThat(found(gone)).containsExactly(What.WORDING_CHANGED);
    }

    @Test
    void aRecordThatIsTakenAwayShows() {
        UUID middle = person();
        tamper("delete from consents where customer_id = ? and position = 2", middle);
        assertThat(found(middle)).containsExactly(What.RECORD_MISSING_BEFORE);
        UUID first = person();
        tamper("delete from consents where customer_id = ? and position = 1", first);
        assertThat(found(first)).containsExactly(What.RECORD_MISSING_BEFORE);
        UUID last = person();
        tamper("delete from consents where customer_id = ? and position = 3", last);
        assertThat(found(last)).containsExactly(What.END_DIFFERS);
        UUID all = person();
        tamper("delete from consents where customer_id = ?", all);
        assertThat(found(all)).containsExactly(What.END_DIFFERS);
    }

    @Test
    void recordsThatAreExchangedShow() {
        UUID id = person();
        tamper("update consents set position = position + 10 where customer_id = ? and position > 1", id);
        tamper("update consents set position = 15 - position where customer_id = ? and position > 10", id);
        assertThat(found(id)).contains(What.CHANGED);
        UUID other = person();
        UUID third = person();
        tamper("update consents set customer_id = ?, position = 4 where customer_id = ? and position = 3", other,
                third);
        assertThat(found(other)).containsExactly(What.CHANGED, What.END_DIFFERS);
        assertThat(found(third)).containsExactly(What.END_DIFFERS);
    }

    @Test
    void aRecordThatIsPutInShows() {
        String copy = """
                insert into consents (project_id, consent_id, customer_id, kind, at, actor, position, previous_hash,
                                      hash, keyed)
                select project_id, gen_random_uuid(), customer_id, 'confirmation', at, actor, 4, hash, %s, %s
                from consents where customer_id = ? and position = 3""";
        UUID made = person();
        tamper(copy.formatted("sha256('made up')", "true"), made);
        assertThat(found(made)).containsExactly(What.CHANGED, What.END_DIFFERS);
        UUID withEnd = person();
        tamper(copy.formatted("sha256('made up')", "true"), withEnd);
        tamper("update customers set consents = 4, consents_hash = sha256('made up') where customer_id = ?", withEnd);
        assertThat(found(withEnd)).containsExactly(What.CHANGED);
        UUID asIfOld = person();
        tamper(copy.formatted("sha256('made up')", "false"), asIfOld);
        assertThat(found(asIfOld)).containsExactly(What.PUT_IN, What.END_DIFFERS);
    }

    @Test
    void anEndThatIsChangedShows() {
        UUID shorter = person();
        tamper("""
                update customers c set consents = 2, consents_hash = n.hash from consents n
                where c.customer_id = ? and n.customer_id = c.customer_id and n.position = 2""", shorter);
        assertThat(found(shorter)).containsExactly(What.END_DIFFERS);
        UUID none = person();
        tamper("update customers set consents = 0, consents_hash = null where customer_id = ?", none);
        assertThat(found(none)).containsExactly(What.END_DIFFERS);
        UUID gone = person();
        tamper("delete from customers where customer_id = ?", gone);
        assertThat(found(gone)).containsExactly(What.NO_CUSTOMER);
    }

    /** Whoever cuts a chain and its end together leaves chains that fit, but not the anchor. */
    @Test
    void whatIsRewrittenAsAWholeShowsInTheAnchors() {
        try (Api own = new Api()) {
            var keeper = new ConsentAnchors(own.node.database, new ConsentSeal(own.node.secrets), own.node.clock);
            own.post("/v1/customers", "{\"contacts\":{\"email\":\"a@example.org\"}}");
            own.post("/v1/customers", "{\"contacts\":{\"email\":\"b@example.org\"}}");
            keeper.write();
            assertThat(keeper.of(own.project.value(), 0, 10)).as("it may still be coming").isEmpty();
            own.node.clock.advance(Duration.ofHours(1));
            keeper.write();
            keeper.write();
            own.post("/v1/customers", "{\"contacts\":{\"email\":\"c@example.org\"}}");
            own.node.clock.advance(Duration.ofHours(1));
            keeper.write();
            assertThat(keeper.of(own.project.value(), 0, 10)).extracting(ConsentAnchor::number, ConsentAnchor::records)
                    .containsExactly(tuple(1, 2), tuple(2, 1));
            var check = new ChainCheck(own.node.database, new ConsentSeal(own.node.secrets));
            String id = own.get("/v1/customers?email=a@example.org").json().at("/customers/0/id").stringValue();
            own.delete("/v1/customers/" + id);
            assertThat(check.check(_ -> { }).getFirst()).as("an erasure leaves the hashes").satisfies(result -> {
                assertThat(result.isIntact()).isTrue();
                assertThat(result.counts()).isEqualTo(new ChainCheck.Counts(2, 2, 1, 2));
            });
            own.update("""
                    with cut as (delete from consents where customer_id = (
                        select customer_id from contact_points where value = 'b@example.org'))
                    update customers set consents = 0, consents_hash = null where customer_id = (
                        select customer_id from contact_points where value = 'b@example.org')""");
            assertThat(check.check(_ -> { }).getFirst().found()).extracting(ChainFinding::what)
                    .containsExactly(What.ANCHOR_DIFFERS);
        }
    }

    @Test
    void anotherServersKeyFitsNothing() {
        person();
        var key = new byte[32];
        key[0] = 1;
        var other = new ConsentSeal(new Secrets(key, new SecureRandom()));
        assertThat(new ChainCheck(api.node.database, other).check(_ -> { }).getFirst().isIntact()).isFalse();
    }

    /** Hashed without a key by the migration: what follows, and the first anchor, hold on to them. */
    @Test
    void recordsFromBeforeThereWereChainsArePartOfThem() {
        String url = TestPostgres.bareUrl();
        try (Database old = TestPostgres.open(url)) {
            Flyway.configure().dataSource(old.dataSource()).locations("classpath:db/migration").target("10").load()
                    .migrate();
            old.with(tx -> tx.update("""
                    insert into projects (slug, name, time_zone, phone_region, changed_at)
                    values ('acme', 'Acme', 'UTC', 'ZZ', now())"""));
            old.with(tx -> tx.update("""
                    insert into customers (project_id, customer_id, created_at, changed_at, last_action_at)
                    values (1, '01900000-0000-7000-8000-000000000001', now(), now(), now())"""));
            old.with(tx -> tx.update("""
                    insert into consents (project_id, consent_id, customer_id, kind, at, actor, ip)
                    select 1, ('01900000-0000-7000-8000-00000000000' || n)::uuid,
                           '01900000-0000-7000-8000-000000000001', 'instruction', now(), 'customer', '192.0.2.' || n
                    from generate_series(1, 3) as n"""));
            Migrations.run(old);
            var check = new ChainCheck(old, new ConsentSeal(api.node.secrets));
            assertThat(check.check(_ -> { }).getFirst()).satisfies(result -> {
                assertThat(result.isIntact()).isTrue();
                assertThat(result.counts().records()).isEqualTo(3);
            });
            old.with(tx -> tx.update("alter table consents disable trigger consents_immutable"));
            old.with(tx -> tx.update("update consents set ip = null where position = 2"));
            assertThat(check.check(_ -> { }).getFirst().found()).extracting(ChainFinding::what)
                    .containsExactly(What.CHANGED);
        }
    }
}
