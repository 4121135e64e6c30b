package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Source 001, flow 1: what counts as entering Requires confirmation, and what does not (FL1 to FL3). */
class EnteredEventsTest {
    private static final Node EMAIL = Node.of(Channel.EMAIL);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static Api api;
    private static BrandId shop;
    private static TopicId news;
    private final UUID customer = newcomer();

    @BeforeAll
    static void start() {
        api = new Api();
        shop = api.brand("shop").id();
        news = api.catalog().topic(api.project, shop, "news").orElseThrow().id();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static UUID newcomer(Change... changes) {
        String number = Integer.toString(NEXT.incrementAndGet());
        var all = new ArrayList<Change>(List.of(new Change.SetExternalId("entered", number)));
        all.addAll(List.of(changes));
        return api.apply(Submission.of(api.command(new Who.ByExternalId("entered", number),
                all.toArray(Change[]::new)))).customer().orElseThrow();
    }

    private void does(Node node, Way way, Instruction instruction) {
        api.apply(Submission.of(api.command(new Who.ById(customer),
                new Change.SetSubscription(shop, node, way, instruction))));
    }

    /** Nodes that entered a status, in the order of the events: {@code email/topic requires_confirmation}. */
    private static List<String> entered(UUID who) {
        var entered = new ArrayList<String>();
        for (JsonNode body : events(who)) {
            for (JsonNode change : body.path("changes")) {
                if (change.path("entered").booleanValue()) {
                    entered.add(change.path("channel").asString("brand")
                            + (change.has("topic") ? "/topic" : "") + " " + change.path("after").asString());
                }
            }
        }
        return entered;
    }

    private static List<JsonNode> events(UUID who) {
        return api.node.database.with(tx -> tx.list("""
                select body::text as body from events
                where project_id = ? and customer_id = ? and name = 'subscription.changed' order by event_id""",
                row -> Json.parse(row.text("body")), api.project.value(), who));
    }

    @Test
    void statusBecameRequiresConfirmation_counts() {
        does(EMAIL, Way.MANUAL, Instruction.UNSUBSCRIBE);
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(entered(customer)).contains("email requires_confirmation").startsWith("email unsubscribed");
    }

    @Test
    void statusBecameRequiresConfirmationImplicitly_counts() {
        does(Node.BRAND, Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(entered(customer)).contains("brand subscribed", "email requires_confirmation",
                "email/topic requires_confirmation", "sms subscribed");
    }

    @Test
    void statusWentStraightToRequiresConfirmation_counts() {
        does(EMAIL, Way.FLOW, Instruction.AWAIT_CONFIRMATION);
        assertThat(entered(customer)).containsOnlyOnce("email requires_confirmation");
    }

    @Test
    void customerWhoAppearedInThisStatus_counts() {
        UUID fresh = newcomer(new Change.SetSubscription(shop, EMAIL, Way.REGISTER, Instruction.SUBSCRIBE));
        assertThat(entered(fresh)).containsOnlyOnce("email requires_confirmation");
    }

    @Test
    void statusThatReturnedToRequiresConfirmation_countsAgain() {
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        does(EMAIL, Way.MANUAL, Instruction.SUBSCRIBE);
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(entered(customer)).filteredOn("email requires_confirmation"::equals).hasSize(2);
    }

    @Test
    void implicitRequiresConfirmationThatBecameExplicit_doesNotCount() {
        does(Node.BRAND, Way.APPEND, Instruction.SUBSCRIBE);
        int before = entered(customer).size();
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(entered(customer)).hasSize(before);
        assertThat(events(customer).getLast().path("changes").toString()).isEqualTo("""
                [{"after":"requires_confirmation","before":"requires_confirmation","channel":"email",\
                "entered":false,"explicit":true}]""");
    }

    @Test
    void aTopicThatHadInheritedIt_doesNotCountWhenItBecomesExplicit() {
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        int before = entered(customer).size();
        does(Node.of(Channel.EMAIL, news), Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(entered(customer)).hasSize(before);
    }

    @Test
    void aPrimaryCustomerWhoEndedUpInItAfterAMerge_doesNotCount() {
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        UUID other = newcomer();
        UUID survivor = api.apply(Submission.of(api.command(new Who.ById(other), new Change.MergeWith(customer))))
                .customer().orElseThrow();
        List<JsonNode> merged = events(survivor).stream().filter(event -> event.path("merge").booleanValue()).toList();
        assertThat(survivor.equals(customer) || !merged.isEmpty()).isTrue();
        merged.forEach(event -> assertThat(event.path("changes").toString()).contains("\"after\":\"requires_conf")
                .doesNotContain("\"entered\":true"));
        assertThat(entered(other)).isEmpty();
    }

    /** BR5: a status is one of a brand, and so is what enters it. */
    @Test
    void whatEnteredItAtOneBrand_isToldOfThatBrandAlone() {
        BrandId strict = api.brand("strict").id();
        api.apply(Submission.of(api.command(new Who.ById(customer),
                new Change.SetSubscription(strict, EMAIL, Way.FLOW, Instruction.AWAIT_CONFIRMATION))));
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(api.node.database.<List<Integer>>with(tx -> tx.list("""
                select brand_id from events where project_id = ? and customer_id = ?
                  and name = 'subscription.changed' and body::text like '%"entered": true%' order by event_id""",
                row -> row.integer("brand_id"), api.project.value(), customer)))
                .containsExactly(strict.value(), shop.value());
    }

    @Test
    void whoIsAskedAgain_doesNotEnterAgain() {
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        does(EMAIL, Way.APPEND, Instruction.SUBSCRIBE);
        assertThat(events(customer)).hasSize(1);
    }
}
