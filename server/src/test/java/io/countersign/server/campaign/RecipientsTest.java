package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.campaign.Split;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.testing.Meanwhile;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who gets a bulk campaign, chosen once and for good. */
final class RecipientsTest {
    private static final String TRIAL = """
            {"shares":{"a":20,"b":30},"by":"opens","after":"PT4H","minimum":1,"confidence":0.95}""";

    private final BulkScene scene = new BulkScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everybodyWhomTheChecksLetThroughIsChosenOnceInOneTransaction() {
        for (Instruction status : Instruction.values()) {
            scene.customer(Names.of(status) + "1@example.org", status);
            scene.customer(Names.of(status) + "2@example.org", status);
        }
        scene.customer("nothing@example.org");
        scene.customer("lost@example.org", Instruction.SUBSCRIBE);
        scene.api.post("/v1/suppressions",
                "{\"type\":\"email\",\"value\":\"lost@example.org\",\"reason\":\"complaint\"}");
        Campaign campaign = scene.sending("news", "{}");
        scene.runs.round();
        assertThat(scene.recipients(campaign)).containsExactlyInAnyOrder("subscribe1@example.org",
                "subscribe2@example.org");
        assertThat(scene.find("news").life().frozenAt()).contains(scene.now());
        assertThat(scene.lines("select distinct concat_ws(' ', kind, state, variant, bulk) as line from messages"
                + " where campaign_id = ?", campaign.id())).containsExactly("campaign queued a t");
        scene.customer("late@example.org", Instruction.SUBSCRIBE);
        scene.runs.round();
        assertThat(scene.recipients(campaign)).hasSize(2);
    }

    @Test
    void idsAreOfVersionSevenAndAscend() {
        for (int i = 0; i < 30; i++) {
            scene.customer("n" + i + "@example.org", Instruction.SUBSCRIBE);
        }
        Campaign campaign = scene.sending("news", "{}");
        scene.runs.round();
        List<String> ids = scene.lines("select message_id::text as line from messages where campaign_id = ?"
                + " order by ctid", campaign.id());
        assertThat(ids).hasSize(30).isSorted();
        assertThat(ids).map(UUID::fromString).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)).isEqualTo(scene.now());
        });
    }

    @Test
    void aVariantIsTheSameInBothForms() {
        Campaign campaign = scene.campaign("trial", "{}", "standard", TRIAL);
        Sql both = Sql.of("select f.customer_id, ").then(RecipientStore.variant(campaign))
                .then(" as variant from (select gen_random_uuid() as customer_id from generate_series(1, 3000)) as f");
        List<Map.Entry<UUID, String>> chosen = scene.api.node.database.with(tx -> tx.list(both,
                row -> Map.entry(row.uuid("customer_id"), Optional.ofNullable(row.text("variant")).orElse(""))));
        assertThat(chosen).allSatisfy(one -> assertThat(one.getValue()).isEqualTo(
                Split.variant(campaign.test().orElseThrow().trial(), campaign.id(), one.getKey()).orElse("")));
        assertThat(chosen).extracting(Map.Entry::getValue).contains("a", "b", "");
    }

    @Test
    void theRestIsDueWhenItIsDecidedAndGetsTheWinner() {
        for (int i = 0; i < 60; i++) {
            scene.customer("n" + i + "@example.org", Instruction.SUBSCRIBE);
        }
        Campaign campaign = scene.sending("trial", "{}", "standard", TRIAL);
        Instant begun = scene.now();
        scene.runs.round();
        assertThat(scene.line("select min(due_at)::text as line from messages where campaign_id = ? and variant is null"
                + " having min(due_at) = ?", campaign.id(), begun.plus(Duration.ofHours(4)))).isPresent();
        scene.api.update("""
                update messages set state = 'sent', done_at = due_at where campaign_id = ? and variant is not null""",
                campaign.id());
        scene.api.update("""
                insert into message_events (project_id, event_id, message_id, customer_id, campaign_id, variant, at,
                                            kind)
                select project_id, gen_random_uuid(), message_id, customer_id, campaign_id, variant, done_at, 'open'
                from messages where campaign_id = ? and variant = 'b'""", campaign.id());
        scene.runs.round();
        assertThat(scene.find("trial").test().orElseThrow().winner()).isEmpty();
        scene.later(Duration.ofHours(4));
        scene.runs.round();
        assertThat(scene.find("trial").test().orElseThrow().winner()).contains("b");
        JsonNode basis = scene.api.get("/v1/campaigns/trial").json().at("/test/winner_basis");
        assertThat(basis.path("basis").asString()).isEqualTo("significant");
        assertThat(basis.path("decided_at").asString()).isEqualTo(scene.now().toString());
        assertThat(basis.path("decided_by").isNull()).isTrue();
        int sent = basis.at("/variants/b/sent").intValue();
        assertThat(basis.path("variants").toString())
                .isEqualTo("{\"a\":{\"sent\":%d,\"did\":0},\"b\":{\"sent\":%d,\"did\":%d}}".formatted(
                        basis.at("/variants/a/sent").intValue(), sent, sent));
        assertThat(sent).isPositive();
        assertThat(scene.find("trial").state()).isEqualTo(CampaignState.SENDING);
        scene.api.update("update messages set state = 'sent', done_at = ? where campaign_id = ?", scene.now(),
                campaign.id());
        scene.runs.round();
        assertThat(scene.find("trial").state()).isEqualTo(CampaignState.DONE);
    }

    @Test
    void aCampaignBeginsByItselfAtItsTimeAndIsDoneWhenNothingIsLeft() {
        scene.campaign("later", "{}", "standard", null);
        scene.api.update("update campaigns set send_at = ?", scene.now().plusSeconds(60));
        scene.runs.round();
        assertThat(scene.find("later").state()).isEqualTo(CampaignState.READY);
        scene.later(Duration.ofSeconds(60));
        scene.runs.round();
        assertThat(scene.find("later").state()).isEqualTo(CampaignState.DONE);
        assertThat(scene.find("later").life().startedAt()).contains(scene.now());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                    | ann bob cid
            {"everybody":true}                                    | ann bob cid
            {"status":"subscribed"}                               | ann bob cid
            {"status":"unsubscribed","topic":"news"}              | bob
            {"status":"subscribed","topic":"news"}                | ann cid
            {"status":"subscribed","topic":"nowhere"}             |
            {"verification":"confirmed"}                          | ann
            {"verification":"no_data"}                            | bob cid
            {"created_after":"2026-01-02T03:04:06Z"}              | cid
            {"created_before":"2026-01-02T03:04:06Z"}             | ann bob
            {"language":"de"}                                     | ann bob
            {"language":"de-AT"}                                  | bob
            {"fields":{"city":"Berlin"}}                          | ann
            {"fields":{"city":"Berlin","age":30}}                 | ann
            {"fields":{"city":"Berlin","age":31}}                 |
            {"external_id":"crm"}                                 | cid
            {"received":"before"}                                 | ann bob
            {"opened":"before"}                                   | ann
            {"clicked":"before"}                                  |
            {"received":"never"}                                  |
            {"status":"subscribed","verification":"no_data","language":"de"} | bob
            """)
    void anAudienceIsWhomAllConditionsApplyTo(String audience, String names) {
        people();
        Campaign campaign = scene.sending("chosen", audience);
        scene.runs.round();
        assertThat(scene.recipients(campaign)).map(address -> address.replace("@example.org", ""))
                .containsExactlyInAnyOrder(names == null ? new String[0] : names.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"received", "opened"})
    void whatSomebodyDidBeforeBeingMergedAwayCountsForTheSurvivor(String act) {
        UUID survivor = scene.customer("dan@example.org", Instruction.UNSUBSCRIBE); // gets nothing before the merge
        people();
        scene.api.update("update message_events set kind = 'open', automatic = false");
        scene.apply(new Who.ById(survivor), List.of(
                new Change.ConfirmContact(ContactType.EMAIL, "dan@example.org", scene.now()),
                new Change.MergeWith(idOf("bob@example.org")), new Change.SetSubscription(
                        scene.shop.id(), Node.of(Channel.EMAIL), Way.MANUAL, Instruction.SUBSCRIBE)));
        Campaign campaign = scene.sending("chosen", "{\"" + act + "\":\"before\"}");
        scene.runs.round();
        assertThat(scene.line("select count(*)::text as line from messages where campaign_id = ? and customer_id = ?",
                campaign.id(), survivor)).contains("1");
    }

    private UUID idOf(String email) {
        return UUID.fromString(scene.line("select customer_id::text as line from contact_points where value = ?", email)
                .orElseThrow());
    }

    private void people() {
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        scene.apply(new Who.ById(ann), List.of(profile(Map.of("city", "Berlin", "age", new BigDecimal(30),
                "language", "DE")), new Change.ConfirmContact(ContactType.EMAIL, "ann@example.org", scene.now())));
        UUID bob = scene.customer("bob@example.org", Instruction.SUBSCRIBE);
        scene.apply(new Who.ById(bob), List.of(profile(Map.of("city", "Bonn", "language", "de-AT")),
                new Change.SetSubscription(scene.shop.id(), Node.of(Channel.EMAIL, scene.api.catalog()
                        .topic(scene.api.project, scene.shop.id(), "news").orElseThrow().id()), Way.MANUAL,
                        Instruction.UNSUBSCRIBE)));
        Campaign before = scene.sending("before", "{}");
        scene.runs.round();
        scene.api.update("update messages set state = 'sent', done_at = due_at where campaign_id = ?", before.id());
        scene.api.update("""
                insert into message_events (project_id, event_id, message_id, customer_id, campaign_id, at, kind,
                                            automatic)
                select project_id, gen_random_uuid(), message_id, customer_id, campaign_id, done_at,
                       case recipient when 'ann@example.org' then 'open' else 'click' end,
                       recipient <> 'ann@example.org'
                from messages where campaign_id = ?""", before.id());
        scene.later(Duration.ofHours(25));
        UUID cid = scene.customer("cid@example.org", Instruction.SUBSCRIBE);
        scene.apply(new Who.ById(cid), List.of(new Change.SetExternalId("crm", "1")));
    }

    private static Change profile(Map<String, Object> fields) {
        return new Change.SetProfile(new Profile.Patch(Optional.empty(), Optional.empty(), fields, Optional.empty(),
                Optional.empty()), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":\"Berlin\"}", "{\"status\":\"happy\"}", "{\"topic\":\"news\"}",
        "{\"created_after\":\"yesterday\"}", "{\"fields\":{}}", "{\"fields\":{\"a\":[1]}}",
        "{\"file\":true,\"language\":\"de\"}", "{\"file\":\"yes\"}", "{\"everybody\":true,\"language\":\"de\"}",
        "{\"everybody\":false}", "{\"file\":false}", "{\"everybody\":false,\"language\":\"de\"}",
        "{\"external_id\":\"\"}", "{\"language\":7}"})
    void whatIsNoAudienceIsRefused(String json) {
        assertThatThrownBy(() -> Audience.read((ObjectNode) Json.parse(json))).isInstanceOf(ProblemException.class);
    }

    @Test
    void aSlowChoiceOfRecipientsHoldsUpNoOtherProject() {
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        Campaign slow = scene.sending("slow", "{\"everybody\":true}");
        scene.sendingElsewhere("quick");
        try (var _ = Meanwhile.inVain(scene.api.node.database, tx -> inTheWay(tx, slow, ann))) {
            Meanwhile.await(() -> {
                scene.runs.look();
                return frozen("quick") == 1;
            });
            assertThat(frozen("slow")).isZero();
        }
        scene.runs.round();
        scene.runs.round();
        assertThat(scene.recipients(slow)).containsExactly("ann@example.org");
    }

    /** A message that the choice of the recipients waits for, as long as it is not known whether it will stay. */
    private int inTheWay(Tx tx, Campaign campaign, UUID customer) throws SQLException {
        return tx.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                    recipient, state, due_at, created_at, campaign_id, variant, bulk)
                values (?, gen_random_uuid(), ?, 1, ?, 'email', 'campaign', 'x', 'queued', ?, ?, ?, 'a', true)""",
                scene.api.project.value(), customer, scene.shop.id().value(), scene.now(), scene.now(), campaign.id());
    }

    private long frozen(String slug) {
        return scene.api.count("select count(*) from campaigns where slug = ? and frozen_at is not null", slug);
    }
}
