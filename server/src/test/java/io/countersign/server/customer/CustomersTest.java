package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Change.Answer;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.platform.database.Row;
import io.countersign.server.testing.Api;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the one door writes, table by table. */
final class CustomersTest {
    private static final List<String> TABLES = List.of("customers", "external_ids", "contact_points",
            "subscriptions",
            "opt_ins", "consents", "wordings", "history", "events", "challenges", "tickets", "messages");

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private List<String> rows(String sql, Object... parameters) {
        return api.node.database.with(tx -> tx.list(sql, CustomersTest::line, parameters));
    }

    private static String line(Row row) throws SQLException {
        return row.text("line");
    }

    private List<String> counts() {
        return TABLES.stream().map(table -> table + " " + api.count("select count(*) from " + table))
                .toList();
    }

    private void assertNothingLeftBut(String... left) {
        assertThat(counts()).filteredOn(count -> !count.endsWith(" 0")).containsExactly(left);
    }

    private UUID challenge() {
        return api.node.database.with(tx -> tx.one(
                "select challenge_id from challenges order by challenge_id desc limit 1",
                row -> row.uuid("challenge_id"))).orElseThrow();
    }

    private Decision answer(UUID challenge, Answer answer) {
        return api.apply(Submission.of(api.command(new Who.ByChallenge(challenge),
                new Change.AnswerChallenge(challenge, answer))));
    }

    private Decision apply(Who who, Change... changes) {
        return api.apply(Submission.of(api.command(who, changes)));
    }

    private Decision newcomer(String email) {
        return apply(new Who.Newcomer(),
                new Change.FillContact(ContactType.EMAIL, email, ContactRoute.VERIFYING));
    }

    private Decision proven(UUID customer, String email) {
        return apply(new Who.ById(customer), new Change.ConfirmContact(ContactType.EMAIL, email,
                api.node.clock.instant()));
    }

    @Test
    void aSignUpWritesExactlyItsRows() {
        var signUp = api.signUp("ann@example.org");
        var draft = new ConsentDraft(ConsentDraft.Kind.REQUEST, Optional.of("Yes, send me news."),
                Optional.of(new ConsentDraft.Shown("newsletter", 1)),
                new ConsentDraft.Request(Optional.of("192.0.2.1"), Optional.of("browser"), Optional.empty()),
                Optional.empty());
        api.apply(new Submission(signUp.command(), Optional.of(draft), Optional.of("de")));
        assertThat(counts()).containsExactly("customers 1", "external_ids 0", "contact_points 1",
                "subscriptions 1",
                "opt_ins 1", "consents 1", "wordings 1", "history 4", "events 4", "challenges 1", "tickets 0",
                "messages 1");
        assertThat(rows("select concat_ws(' ', type, value, slot, verification) as line from contact_points"))
                .containsExactly("email ann@example.org primary pending");
        assertThat(rows("select concat_ws(' ', channel, topic_id, status) as line from subscriptions"))
                .containsExactly("email 0 requires_confirmation");
        assertThat(rows("select status as line from opt_ins")).containsExactly("pending");
        assertThat(rows("select concat_ws(' ', name, body->>'source') as line from events order by event_id"))
                .containsExactly("customer.created form", "contact.changed form", "subscription.changed form",
                        "opt_in.requested form");
        assertThat(rows("""
                select concat_ws(' ', h.scope, h.state, cardinality(h.topic_ids), h.value, m.kind, m.recipient,
                                 m.language, m.state, c.form_id, c.form_version, c.ip) as line
                from challenges h join messages m using (challenge_id) join contact_points p
                     on p.contact_id = h.contact_id and p.contact_id = m.contact_id
                join consents c on c.contact_id = p.contact_id""")).containsExactly(
                "channel open 1 ann@example.org opt_in ann@example.org de queued newsletter 1 192.0.2.1");
        assertThat(api.count("select count(*) from history where consent_id is null")).isZero();
    }

    @Test
    void confirmingVerifiesAndSubscribes() {
        api.apply(api.signUp("ann@example.org"));
        api.node.clock.advance(Duration.ofMinutes(1));
        var decision = answer(challenge(), Answer.CONFIRM);
        assertThat(decision.answer()).hasValue(new ChallengeAnswer.Confirmed(true));
        assertThat(rows("select verification || ' ' || (verified_at at time zone 'UTC') as line from contact_points"))
                .containsExactly("confirmed 2026-01-02 03:05:05");
        assertThat(rows("select (topic_id > 0) || ' ' || status as line from subscriptions order by topic_id"))
                .containsExactly("false subscribed", "true subscribed");
        assertThat(rows("select status as line from opt_ins")).containsExactly("accepted");
        assertThat(rows("select state as line from challenges")).containsExactly("confirmed");
        var before = counts();
        assertThat(answer(challenge(), Answer.CONFIRM).answer())
                .hasValue(new ChallengeAnswer.AlreadyConfirmed());
        assertThat(answer(challenge(), Answer.REJECT).answer())
                .hasValue(new ChallengeAnswer.AlreadyConfirmed());
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void rejectingUnsubscribesAndProvesNothing() {
        api.apply(api.signUp("ann@example.org"));
        assertThat(answer(challenge(), Answer.REJECT).answer()).hasValue(new ChallengeAnswer.Rejected());
        assertThat(rows("select verification as line from contact_points")).containsExactly("pending");
        assertThat(rows("select status as line from subscriptions")).containsExactly("unsubscribed");
        assertThat(rows("select status as line from opt_ins")).containsExactly("rejected");
        assertThat(rows("select state as line from challenges where closed_at is not null"))
                .containsExactly("rejected");
    }

    @Test
    void askingAgainWaitsAndThenMails() {
        api.apply(api.signUp("ann@example.org"));
        UUID id = challenge();
        var early = apply(new Who.ByChallenge(id), new Change.AskAgain(id));
        assertThat(early.answer())
                .hasValue(new ChallengeAnswer.NotBefore(Instant.parse("2026-01-02T03:05:05Z")));
        assertThat(api.count("select count(*) from messages")).isOne();
        api.node.clock.advance(Duration.ofSeconds(60));
        var late = apply(new Who.ByChallenge(id), new Change.AskAgain(id));
        assertThat(late.answer()).hasValue(new ChallengeAnswer.Mailed(Instant.parse("2026-01-02T03:06:05Z")));
        assertThat(rows("select cardinality(mailed_at)::text as line from challenges")).containsExactly("2");
        assertThat(api.count("select count(*) from messages")).isEqualTo(2);
    }

    @Test
    void aProofDemotesWhoHoldsTheAddressUnproven() {
        UUID holder = newcomer("a@example.org").customer().orElseThrow();
        UUID claimant = newcomer("a@example.org").customer().orElseThrow();
        assertThat(slots()).containsExactlyInAnyOrder(holder + " primary pending", claimant
                + " non_primary pending");
        proven(claimant, "a@example.org");
        assertThat(slots()).containsExactlyInAnyOrder(holder + " non_primary pending", claimant
                + " primary confirmed");
    }

    @Test
    void twoContactsOfOneCustomerChangePlacesWithinABatch() {
        UUID ann = newcomer("a@example.org").customer().orElseThrow();
        proven(ann, "a@example.org");
        apply(new Who.ById(ann),
                new Change.FillContact(ContactType.EMAIL, "b@example.org", ContactRoute.VERIFYING));
        var ids = rows("select contact_id || value as line from contact_points order by contact_id");
        api.customers.apply(api.project, List.of(
                Submission.of(api.command(new Who.ById(ann), new Change.ConfirmContact(ContactType.EMAIL,
                        "b@example.org", api.node.clock.instant()))),
                Submission.of(api.command(new Who.ById(ann), new Change.FillContact(ContactType.EMAIL,
                        "a@example.org", ContactRoute.VERIFYING)))));
        assertThat(rows("select concat_ws(' ', value, slot) as line from contact_points"))
                .containsExactlyInAnyOrder("a@example.org non_primary", "b@example.org primary");
        assertThat(rows("select contact_id || value as line from contact_points order by contact_id"))
                .isEqualTo(ids);
    }

    @Test
    void whoComesAndIsMergedWithinOneBatchIsFoundByTheOldId() {
        var first = Submission.of(api.command(new Who.Newcomer(), new Change.SetExternalId("crm", "1")));
        var second = Submission.of(api.command(new Who.Newcomer(), new Change.SetExternalId("crm", "2"),
                new Change.MergeWith(first.command().fresh().customer())));
        UUID survivor = api.customers.apply(api.project, List.of(first, second)).getLast().customer()
                .orElseThrow();
        for (Submission one : List.of(first, second)) {
            UUID told = one.command().fresh().customer();
            Map<UUID, UUID> living = api.node.database.with(
                    tx -> DocumentStore.living(tx, api.project.value(), List.of(told)));
            assertThat(living).containsExactly(Map.entry(told, survivor));
        }
    }

    @Test
    void whoComesAndIsErasedWithinOneBatchLeavesNothing() {
        var signUp = api.signUp("ann@example.org");
        api.customers.apply(api.project, List.of(signUp, Submission.of(api.command(
                new Who.ByContact(ContactType.EMAIL, "ann@example.org"), new Change.Erase()))));
        assertNothingLeftBut("challenges 1");
        assertThat(rows("select state || value as line from challenges")).containsExactly("void");
    }

    private List<String> slots() {
        return rows("select concat_ws(' ', customer_id, slot, verification) as line from contact_points");
    }

    @Test
    void whoBothProveAnAddressBecomeOne() {
        UUID first = newcomer("a@example.org").customer().orElseThrow();
        proven(first, "a@example.org");
        UUID second = apply(new Who.Newcomer(),
                new Change.FillContact(ContactType.EMAIL, "a@example.org", ContactRoute.VERIFYING),
                new Change.FillContact(ContactType.MOBILE, "+4915112345678", ContactRoute.VERIFYING),
                new Change.SetExternalId("crm", "42")).customer().orElseThrow();
        String phone = rows("select contact_id::text as line from contact_points where type = 'mobile'")
                .getFirst();
        var emails = rows("select contact_id::text as line from contact_points where type = 'email'");
        api.node.clock.advance(Duration.ofMinutes(1));
        UUID survivor = proven(second, "a@example.org").customer().orElseThrow();
        UUID loser = survivor.equals(first) ? second : first;
        assertThat(rows("select concat_ws(' ', contact_id, customer_id, type, slot, verification) as line"
                + " from contact_points order by type")).hasSize(2)
                .satisfiesOnlyOnce(line -> assertThat(line).endsWith(survivor + " email primary confirmed"))
                .contains(phone + " " + survivor + " mobile primary pending");
        assertThat(emails).as("a contact keeps its id")
                .containsAll(rows("select contact_id::text as line from contact_points where type='email'"));
        assertThat(rows("select customer_id || ' ' || merged_into as line from customers where merged_into is not null"))
                .containsExactly(loser + " " + survivor);
        assertThat(rows("select customer_id::text as line from external_ids"))
                .containsExactly(survivor.toString());
        assertThat(apply(new Who.ById(loser), new Change.SetExternalId("shop", "7")).customer())
                .hasValue(survivor);
        var shown = api.get("/v1/customers/" + DocumentStore.show(loser)).json();
        assertThat(shown.path("id").stringValue()).isEqualTo(DocumentStore.show(survivor));
        assertThat(shown.path("merged_ids").toString()).isEqualTo("[\"" + DocumentStore.show(loser) + "\"]");
        assertThat(shown.path("history").toString())
                .contains("merged_away", "same_contact_confirmed_by_both");
        assertThat(api.get("/v1/customers?id=" + DocumentStore.show(loser)).json().at("/customers/0/id")
                .stringValue())
                .isEqualTo(DocumentStore.show(survivor));
    }

    @Test
    void whatWasMergedIsErasedWithTheSurvivor() {
        whoBothProveAnAddressBecomeOne();
        UUID survivor = api.node.database.with(tx -> tx.one(
                "select customer_id from customers where merged_into is null",
                row -> row.uuid("customer_id")))
                .orElseThrow();
        apply(new Who.ById(survivor), new Change.Erase());
        assertNothingLeftBut();
    }

    @Test
    void erasingTakesTheMailsAndEmptiesTheChallenge() {
        UUID id = api.apply(api.signUp("ann@example.org")).customer().orElseThrow();
        apply(new Who.ById(id), new Change.Erase());
        assertNothingLeftBut("challenges 1");
        assertThat(rows("select state || value as line from challenges")).containsExactly("void");
        assertThat(answer(challenge(), Answer.CONFIRM).answer()).hasValue(new ChallengeAnswer.Gone());
    }

    @Test
    void aRefusedCommandWritesNothing() {
        UUID holder = newcomer("a@example.org").customer().orElseThrow();
        apply(new Who.ById(holder), new Change.SetExternalId("crm", "42"));
        var before = counts();
        var taken = apply(new Who.Newcomer(),
                new Change.FillContact(ContactType.EMAIL, "b@example.org", ContactRoute.VERIFYING),
                new Change.SetExternalId("crm", "42"));
        assertThat(taken.refusal()).hasValue(Refusal.EXTERNAL_ID_TAKEN);
        var unknown = new CustomerCommand(new Who.ById(UUID.randomUUID()), IfUnknown.REFUSE, List.of(),
                new Origin("test", Optional.empty(), "test", false), api.customers.fresh());
        assertThat(api.apply(Submission.of(unknown)).refusal()).hasValue(Refusal.UNKNOWN_CUSTOMER);
        assertThat(apply(new Who.Newcomer()).refusal()).hasValue(Refusal.NO_IDENTIFIER);
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void aRefusedCommandTakesNothingFromItsNeighboursInTheBatch() {
        var decisions = api.customers.apply(api.project, List.of(api.signUp("a@example.org"),
                Submission.of(api.command(new Who.Newcomer())), api.signUp("b@example.org"),
                api.signUp("a@example.org")));
        assertThat(decisions).extracting(Decision::isRefused).containsExactly(false, true, false, false);
        assertThat(decisions.getFirst().customer()).isEqualTo(decisions.getLast().customer());
        assertThat(counts()).contains("customers 2", "contact_points 2", "challenges 2", "messages 2");
    }
}
