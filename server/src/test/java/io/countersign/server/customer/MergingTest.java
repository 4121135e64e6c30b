package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Code;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a merge writes, and what old ids, links and codes come to afterwards: CU4, CU7, CU8, CU12, CU13. */
final class MergingTest {
    private static final String ANN = "ann@example.org";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private UUID person(String crm, Change... changes) {
        UUID id = api.apply(Submission.of(api.command(new Who.Newcomer(), new Change.SetExternalId("crm", crm))))
                .customer().orElseThrow();
        api.apply(Submission.of(api.command(new Who.ById(id), changes)));
        return id;
    }

    private static Change fill(ContactType type, String value) {
        return new Change.FillContact(type, value, ContactRoute.VERIFYING);
    }

    private Change proof(String email) {
        return new Change.ConfirmContact(ContactType.EMAIL, email, api.node.clock.instant());
    }

    private Decision does(UUID id, Change... changes) {
        api.node.clock.advance(Duration.ofSeconds(1));
        return api.apply(Submission.of(api.command(new Who.ById(id), changes)));
    }

    private JsonNode detail(String sql, Object... parameters) {
        return Json.parse(api.node.database.with(tx -> tx.one(sql, row -> row.text("detail"), parameters))
                .orElseThrow());
    }

    @Test
    void theHistoryTellsWhatBothWereSoThatItCanBeUndone() { // CU12, CU13
        UUID ann = person("1", fill(ContactType.EMAIL, ANN), proof(ANN));
        UUID old = person("2", fill(ContactType.MOBILE, "+491701234567"));
        does(old, new Change.MergeWith(ann));
        UUID bob = person("3", fill(ContactType.EMAIL, ANN), fill(ContactType.MOBILE, "+491701111111"));
        UUID survivor = does(bob, proof(ANN)).customer().orElseThrow();
        JsonNode before = detail("select detail from history where change = 'same_contact_confirmed_by_both'")
                .path("before");
        JsonNode annBefore = before.path(survivor.equals(ann) ? "survivor" : "merged");
        assertThat(annBefore.path("id").asString()).isEqualTo(Ids.show("cus", ann));
        assertThat(annBefore.path("merged_ids").get(0).asString()).isEqualTo(Ids.show("cus", old));
        assertThat(annBefore.path("external_ids").path("crm").toString()).isEqualTo("[\"1\",\"2\"]");
        assertThat(annBefore.path("contacts").toString()).contains("\"verification\":\"confirmed\"")
                .contains("+491701234567");
        assertThat(before.path(survivor.equals(ann) ? "merged" : "survivor").path("contacts").toString())
                .contains("non_primary").contains("+491701111111");
        assertThat(detail("select detail from history where change = 'merged_away' and customer_id = ?",
                survivor.equals(ann) ? bob : ann).path("survivor").asString()).isEqualTo(Ids.show("cus", survivor));
    }

    @Test
    void externalIdsOfOneNameKeepTheirOrder() { // CU12: the survivor's comes first
        UUID ann = person("9", fill(ContactType.EMAIL, ANN), proof(ANN));
        UUID bob = person("1");
        does(bob, new Change.MergeWith(ann));
        var answer = api.get("/v1/customers/" + Ids.show("cus", bob));
        assertThat(answer.json().path("id").asString()).isEqualTo(Ids.show("cus", ann));
        assertThat(answer.json().path("external_ids").path("crm").asString()).isEqualTo("9");
        assertThat(api.get("/v1/customers?external=crm:1").json().path("customers").get(0).path("id").asString())
                .isEqualTo(Ids.show("cus", ann));
    }

    @Test
    void aLinkOfLongAgoFindsTheSurvivor() { // its challenge was closed before, and was not moved
        api.apply(api.signUp(ANN));
        UUID challenge = api.node.database.with(tx -> tx.one("select challenge_id from challenges",
                row -> row.uuid("challenge_id"))).orElseThrow();
        answer(challenge);
        api.node.clock.advance(Duration.ofDays(3));
        UUID bob = person("2", fill(ContactType.EMAIL, ANN), proof(ANN));
        assertThat(api.count("select count(*) from customers where merged_into is not null")).isOne();
        assertThat(answer(challenge).answer()).contains(new ChallengeAnswer.AlreadyConfirmed());
        does(bob, new Change.Erase());
        assertThat(answer(challenge).isRefused()).isFalse();
    }

    private Decision answer(UUID challenge) {
        return api.apply(Submission.of(api.command(new Who.ByChallenge(challenge),
                new Change.AnswerChallenge(challenge, Change.Answer.CONFIRM))));
    }

    @Test
    void aCodeForAClaimFindsTheHolder() { // CU2: the proof demotes, though the command names nobody's contact
        UUID ann = person("1", fill(ContactType.EMAIL, ANN));
        UUID bob = person("2", fill(ContactType.EMAIL, ANN));
        var proves = new Change.Proves(Purpose.CONFIRM_CONTACT, Duration.ofMinutes(10), Challenge.Asked.CHANNEL);
        does(bob, new Change.SendMessage(api.brand("shop").id(), ContactType.EMAIL, Change.Recipient.PENDING,
                Optional.of(proves), "text", Optional.empty()));
        var codes = new Codes(api.node.secrets);
        UUID challenge = api.node.database.with(tx -> tx.one("select challenge_id from challenges",
                row -> row.uuid("challenge_id"))).orElseThrow();
        api.node.database.transaction(tx -> {
            CodeStore.store(tx, api.project.value(), List.of(new CodeStore.Sent(new Code(challenge,
                    codes.typed("123456").apply(challenge), api.node.clock.instant().plusSeconds(600)), bob)),
                    api.node.clock.instant());
            return true;
        });
        Decision decision = does(bob, new Change.AnswerCode(Purpose.CONFIRM_CONTACT, ContactType.EMAIL,
                codes.typed("123456"), Optional.empty()));
        assertThat(decision.answer()).contains(new ChallengeAnswer.Proven(true, false));
        assertThat(slot(bob)).isEqualTo("primary");
        assertThat(slot(ann)).isEqualTo("non_primary");
        assertThat(detail("select detail from history where customer_id = ? and change = 'demoted'", ann)
                .path("other").asString()).isEqualTo(Ids.show("cus", bob));
    }

    private String slot(UUID id) {
        return api.node.database.with(tx -> tx.one("""
                select slot from contact_points where customer_id = ? and value = ?""", row -> row.text("slot"), id,
                ANN)).orElseThrow();
    }

    @Test
    void accountAccessIsStoredWithTheContactAndMovesInAMerge() { // CU14
        UUID ann = person("1", new Change.FillContact(ContactType.EMAIL, ANN, ContactRoute.VERIFYING, true));
        assertThat(api.count("select count(*) from contact_points where account_access")).isOne();
        UUID bob = person("2", fill(ContactType.EMAIL, "bob@example.org"), proof("bob@example.org"));
        assertThat(does(bob, new Change.MergeWith(ann)).customer()).contains(ann);
        assertThat(api.count("select count(*) from contact_points where account_access and customer_id = ?", ann))
                .isOne();
        assertThat(api.count("select count(*) from history where change = 'access_granted'")).isOne();
    }

    @Test
    void manyMergesAndErasuresOfOneBatchAreWrittenTogether() {
        var first = List.of(person("1"), person("2"), person("3"));
        var second = List.of(person("4"), person("5"), person("6"));
        var batch = new ArrayList<Submission>();
        for (int i = 0; i < 3; i++) {
            batch.add(Submission.of(api.command(new Who.ById(first.get(i)), new Change.MergeWith(second.get(i)))));
        }
        batch.add(Submission.of(api.command(new Who.ById(first.get(0)), new Change.MergeWith(first.get(1)))));
        batch.add(Submission.of(api.command(new Who.ById(second.get(2)), new Change.Erase())));
        assertThat(api.customers.apply(api.project, batch)).noneMatch(Decision::isRefused);
        assertThat(api.count("select count(*) from customers where merged_into is null")).isOne();
        assertThat(api.count("select count(*) from customers where merged_into is not null")).isEqualTo(3);
        assertThat(api.count("select count(distinct merged_into) from customers")).isOne();
        assertThat(api.count("select count(*) from external_ids")).isEqualTo(4);
    }
}
