package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Source 001, flow 1, over HTTP: what counts as entering Requires confirmation, and what does not (FL1 to FL3), for a
 * brand with opt-in on and one with it off. The witness is what was emitted for flows to start on.
 */
final class EnteringTest {
    private static final String OWNER = "cs_test_owner_0123456789abcdef";
    private static final String BRAND = "";
    private static final String EMAIL = ",'channel':'email'";
    private static final String NEWS = ",'channel':'email','topic':'news'";
    private static final String EMAIL_ENTERED = "email requires_confirmation";
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static Endpoint api;

    /** The brand, and what its operations make of a subscription. */
    enum OptIn {
        ON("shop", "requires_confirmation"), OFF("plain", "subscribed");

        final String brand;
        final String subscribing;

        OptIn(String brand, String subscribing) {
            this.brand = brand;
            this.subscribing = subscribing;
        }
    }

    @BeforeAll
    static void start() {
        api = new Endpoint();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** Somebody of one brand, called by an external id. */
    private record Person(OptIn optIn, String crm) {
        static Person unknown(OptIn optIn) {
            return new Person(optIn, "entering-" + NEXT.incrementAndGet());
        }

        static Person known(OptIn optIn) {
            return unknown(optIn).calling("Import", "");
        }

        Person calling(String operation, String more) {
            var answer = api.call(operation, "{'customer':{'ids':{'crm':'" + crm + "'}" + more + "}}");
            assertThat(answer.word()).as(answer.body()).isEqualTo("Success");
            return this;
        }

        /** @param more as {@code 'pointOfContact':'Email'}; empty for the brand itself */
        Person subscribing(String operation, String more) {
            return calling(operation, ",'subscriptions':[{'brand':'" + optIn.brand + "'"
                    + (more.isEmpty() ? "" : ",") + more + "}]");
        }

        Person importing(boolean isSubscribed) {
            return subscribing("Import", "'pointOfContact':'Email','isSubscribed':" + isSubscribed);
        }

        Person byHand(String node, String status) {
            var answer = api.v1(OWNER, "PATCH", "/v1/customers/" + Ids.show("cus", id()),
                    "{'subscriptions':[" + entry(node, status) + "]}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return this;
        }

        Person createdByHand(String node, String status) {
            var answer = api.v1(OWNER, "POST", "/v1/customers",
                    "{'external_ids':{'crm':'" + crm + "'},'subscriptions':[" + entry(node, status) + "]}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return this;
        }

        private String entry(String node, String status) {
            return "{'brand':'" + optIn.brand + "'" + node + ",'status':'" + status + "'}";
        }

        private UUID id() {
            return api.id(crm);
        }

        private List<JsonNode> events() {
            return api.texts("""
                    select e.body::text as t from events e
                    join brands b on b.project_id = e.project_id and b.brand_id = e.brand_id
                    where e.project_id = ? and e.customer_id = ? and e.name = 'subscription.changed' and b.slug = ?
                    order by e.event_id""", api.project.value(), id(), optIn.brand).stream().map(Json::parse).toList();
        }

        /** Nodes that entered a status, in the order of the events: {@code email/topic requires_confirmation}. */
        List<String> entered() {
            var entered = new ArrayList<String>();
            for (JsonNode body : events()) {
                for (JsonNode change : body.path("changes")) {
                    if (change.path("entered").booleanValue()) {
                        entered.add(change.path("channel").asString("brand")
                                + (change.has("topic") ? "/topic" : "") + " " + change.path("after").asString());
                    }
                }
            }
            return entered;
        }
    }

    @ParameterizedTest
    @EnumSource
    void statusBecameRequiresConfirmation_counts(OptIn optIn) {
        var person = Person.known(optIn).importing(false).subscribing("Append", "'pointOfContact':'Email'");
        assertThat(person.entered()).containsSubsequence("email unsubscribed", "email " + optIn.subscribing)
                .filteredOn(EMAIL_ENTERED::equals).hasSize(optIn == OptIn.ON ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void statusBecameRequiresConfirmationImplicitly_counts(OptIn optIn) {
        var person = Person.known(optIn).subscribing("Append", "");
        assertThat(person.entered()).contains("brand subscribed", "email " + optIn.subscribing,
                "email/topic " + optIn.subscribing, "sms subscribed");
    }

    @ParameterizedTest
    @EnumSource
    void statusWentStraightToRequiresConfirmation_counts(OptIn optIn) {
        var person = Person.known(optIn).byHand(EMAIL, "requires_confirmation");
        assertThat(person.entered()).containsOnlyOnce(EMAIL_ENTERED).contains("email/topic requires_confirmation");
    }

    @ParameterizedTest
    @EnumSource
    void customerWhoAppearedAlreadyInThisStatus_counts(OptIn optIn) {
        assertThat(Person.unknown(optIn).createdByHand(EMAIL, "requires_confirmation").entered())
                .containsOnlyOnce(EMAIL_ENTERED);
        assertThat(Person.unknown(optIn).subscribing("RegisterOrAppend", "'pointOfContact':'Email'").entered())
                .containsOnlyOnce("email " + optIn.subscribing);
    }

    @ParameterizedTest
    @EnumSource
    void statusThatReturnedToRequiresConfirmation_countsAgain(OptIn optIn) {
        var person = Person.known(optIn).byHand(EMAIL, "requires_confirmation").importing(true)
                .byHand(EMAIL, "requires_confirmation");
        assertThat(person.entered()).filteredOn(EMAIL_ENTERED::equals).hasSize(2);
        person.importing(true).subscribing("Append", "'pointOfContact':'Email'");
        assertThat(person.entered()).filteredOn(EMAIL_ENTERED::equals).hasSize(optIn == OptIn.ON ? 3 : 2);
    }

    @Test
    void implicitRequiresConfirmationThatBecameExplicit_doesNotCount() {
        var person = Person.known(OptIn.ON).subscribing("Append", "");
        int before = person.entered().size();
        person.subscribing("Append", "'pointOfContact':'Email'");
        assertThat(person.entered()).hasSize(before);
        assertThat(person.events().getLast().path("changes").toString()).isEqualTo("""
                [{"after":"requires_confirmation","before":"requires_confirmation","channel":"email",\
                "entered":false,"explicit":true}]""");
    }

    @ParameterizedTest
    @EnumSource
    void implicitRequiresConfirmationThatBecameExplicitByHand_doesNotCount(OptIn optIn) {
        var person = Person.known(optIn).byHand(BRAND, "requires_confirmation");
        assertThat(person.entered()).containsOnlyOnce(EMAIL_ENTERED);
        int before = person.entered().size();
        person.byHand(EMAIL, "requires_confirmation").byHand(NEWS, "requires_confirmation");
        assertThat(person.entered()).hasSize(before);
    }

    @ParameterizedTest
    @EnumSource
    void aTopicThatHadInheritedIt_doesNotCountWhenItBecomesExplicit(OptIn optIn) {
        var person = Person.known(optIn).byHand(EMAIL, "requires_confirmation");
        int before = person.entered().size();
        person.byHand(NEWS, "requires_confirmation");
        assertThat(person.entered()).hasSize(before);
    }

    @ParameterizedTest
    @EnumSource
    void aPrimaryCustomerWhoEndedUpInItAfterAMerge_doesNotCount(OptIn optIn) {
        var older = Person.known(optIn);
        var waiting = Person.known(optIn).byHand(EMAIL, "requires_confirmation");
        UUID survivor = older.id();
        var merged = api.call("Merge", "{'customersToMerge':[{'ids':{'crm':'" + waiting.crm
                + "'}}],'resultingCustomer':{'ids':{'crm':'" + older.crm + "'}}}");
        assertThat(merged.word()).as(merged.body()).isEqualTo("Success");
        assertThat(waiting.id()).isEqualTo(survivor);
        assertThat(older.events()).as("told, as a merge").hasSize(1).allSatisfy(event -> {
            assertThat(event.path("merge").booleanValue()).isTrue();
            assertThat(event.path("changes").toString()).contains("\"after\":\"requires_confirmation\"");
        });
        assertThat(older.entered()).isEmpty();
    }

    /** BR5: a status is one of a brand, and so is what enters it. */
    @Test
    void whatEnteredItAtOneBrand_isToldOfThatBrandAlone() {
        var person = Person.known(OptIn.ON).byHand(EMAIL, "requires_confirmation");
        assertThat(new Person(OptIn.OFF, person.crm).entered()).isEmpty();
        assertThat(person.entered()).contains(EMAIL_ENTERED);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsAskedAgain_doesNotEnterAgain(OptIn optIn) {
        var person = Person.known(optIn).subscribing("Append", "'pointOfContact':'Email'")
                .subscribing("Append", "'pointOfContact':'Email'");
        assertThat(person.events()).hasSize(1);
    }
}
