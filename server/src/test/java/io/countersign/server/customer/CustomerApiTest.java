package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class CustomerApiTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private Answer create(String json) {
        var answer = api.post("/v1/customers", json);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer;
    }

    private Answer ann() {
        return create("""
                {"contacts":{"email":"Ann@Example.org"},"first_name":"Ann","external_ids":{"crm":"42"},
                 "fields":{"city":"Bonn","age":42,"vip":true},
                 "subscriptions":[{"brand":"shop","channel":"email","topic":null,"status":"requires_confirmation"}],
                 "source":"manual"}""");
    }

    @Test
    void theDocumentHasTheShapeOfTheDesign() {
        Answer created = ann();
        String id = created.text("id");
        assertThat(created.header("Location")).hasValue("/v1/customers/" + id);
        var found = api.get("/v1/customers?email=ann@example.org");
        String contact = found.json().at("/customers/0/contacts/0/id").stringValue();
        assertThat(found.response().body()).isEqualTo("""
                {"customers":[{"id":"%s","external_ids":{"crm":"42"},"first_name":"Ann","last_name":null,\
                "fields":{"age":42,"vip":true,"city":"Bonn"},\
                "contacts":[{"id":"%s","type":"email","value":"ann@example.org","slot":"primary",\
                "verification":"pending","verified_at":null,"valid":true,"suppressed":false}],\
                "subscriptions":[{"brand":"shop","channel":"email","topic":null,"status":"requires_confirmation",\
                "explicit":true,"changed_at":"2026-01-02T03:04:05Z"},\
                {"brand":"shop","channel":"email","topic":"news","status":"requires_confirmation","explicit":false,\
                "changed_at":null},{"brand":"shop","channel":"email","topic":"vip",\
                "status":"requires_confirmation","explicit":false,"changed_at":null}],"opt_ins":[],\
                "created_at":"2026-01-02T03:04:05Z","merged_ids":[]}],"next":null}""".formatted(id, contact));
        assertThat(contact).matches("ctp_[0-9]+");
        for (String filter : List.of("id=" + id, "external=crm:42", "email=ANN@example.org")) {
            assertThat(api.get("/v1/customers?" + filter).json()).isEqualTo(found.json());
        }
    }

    @Test
    void aSignUpShowsItsHistoryAndConsent() {
        api.apply(api.signUp("bob@example.org"));
        String id = api.get("/v1/customers?email=bob@example.org").json().at("/customers/0/id").stringValue();
        JsonNode bob = api.get("/v1/customers/" + id).json();
        assertThat(bob.path("opt_ins").toString()).isEqualTo("[{\"brand\":\"shop\",\"status\":\"pending\"}]");
        assertThat(bob.path("history").valueStream().map(entry -> entry.path("kind").stringValue() + " "
                + entry.path("change").stringValue())).containsExactly("customer created", "contact filled",
                "subscription changed", "opt_in mail_queued");
        JsonNode subscription = bob.at("/history/2");
        assertThat(subscription.path("brand").stringValue()).isEqualTo("shop");
        assertThat(subscription.path("channel").stringValue()).isEqualTo("email");
        assertThat(subscription.path("before").stringValue()).isEqualTo("no_data");
        assertThat(subscription.path("after").stringValue()).isEqualTo("requires_confirmation");
        assertThat(subscription.path("source").stringValue()).isEqualTo("form");
        assertThat(bob.path("consents").size()).as("also where the way in tells nothing").isOne();
        assertThat(bob.at("/consents/0/kind").stringValue()).isEqualTo("instruction");
        assertThat(subscription.path("consent")).isEqualTo(bob.at("/consents/0"));
    }

    @Test
    void whatAnOperatorDoesIsEvidenced() {
        JsonNode ann = api.get("/v1/customers/" + ann().text("id")).json();
        assertThat(ann.path("history").valueStream()).allSatisfy(entry -> {
            assertThat(entry.path("source").stringValue()).isEqualTo("manual");
            assertThat(entry.path("actor").stringValue()).isEqualTo("operator:owner@acme.test");
            assertThat(entry.path("consent")).isEqualTo(ann.at("/consents/0"));
        });
        assertThat(ann.path("consents").size()).isOne();
        assertThat(ann.at("/consents/0/kind").stringValue()).isEqualTo("instruction");
        assertThat(ann.at("/consents/0/ip").stringValue()).isEqualTo("127.0.0.1");
        assertThat(ann.at("/consents/0/user_agent").stringValue()).isEqualTo("test");
    }

    /**
     * T3, first row: pending where some integration verifies the type (email here), else no data (mobile).
     */
    @Test
    void contactsFilledInWhileCreating() {
        var answer = create("{\"contacts\":{\"email\":\"a@example.org\",\"mobile\":\"0151 12345678\"}}");
        assertThat(slots(answer)).containsExactly("email primary pending a@example.org",
                "mobile primary no_data +4915112345678");
    }

    @Test
    void contactsChangedByHand() {
        String id = create("{\"contacts\":{\"email\":\"a@example.org\"},\"external_ids\":{\"x\":\"1\"}}")
                .text("id");
        String path = "/v1/customers/" + id;
        assertThat(slots(api.patch(path, email("b@example.org"))))
                .containsExactly("email primary pending b@example.org");
        api.update("update contact_points set verification = 'confirmed', verified_at = created_at");
        assertThat(slots(api.patch(path, email("c@example.org")))).containsExactly(
                "email primary confirmed b@example.org", "email non_primary pending c@example.org");
        assertThat(slots(api.patch(path, email("d@example.org")))).containsExactly(
                "email primary confirmed b@example.org", "email non_primary pending d@example.org");
        assertThat(slots(api.patch(path, email("")))).isEmpty();
        assertThat(slots(api.patch(path, email("e@example.org"))))
                .containsExactly("email primary no_data e@example.org");
        assertThat(slots(api.patch(path, email("f@example.org"))))
                .containsExactly("email primary no_data f@example.org");
    }

    private static String email(String value) {
        return "{\"contacts\":{\"email\":\"" + value + "\"}}";
    }

    private static List<String> slots(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isIn(200, 201);
        return answer.json().path("contacts").valueStream()
                .map(contact -> contact.path("type").stringValue() + " "
                + contact.path("slot").stringValue() + " " + contact.path("verification").stringValue() + " "
                + contact.path("value").stringValue()).toList();
    }

    @Test
    void aContactOfSomebodyElseIsClaimedWhereItIsVerifiedAndRefusedElsewhere() {
        create("{\"contacts\":{\"email\":\"a@example.org\",\"mobile\":\"+4915112345678\"}}");
        assertThat(slots(create(email("a@example.org"))))
                .containsExactly("email non_primary pending a@example.org");
        assertThat(api.get("/v1/customers?email=a@example.org").json().path("customers").valueStream()
                .map(customer -> customer.at("/contacts/0/slot").stringValue()))
                .containsExactly("primary", "non_primary");
        var taken = api.post("/v1/customers", "{\"contacts\":{\"mobile\":\"+4915112345678\"}}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("contact_taken");
    }

    @Test
    void anExternalIdBelongsToOne() {
        create("{\"external_ids\":{\"crm\":\"42\"}}");
        var taken = api.post("/v1/customers", "{\"external_ids\":{\"crm\":\"42\"}}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("external_id_taken");
        assertThat(api.post("/v1/customers", "{}").code()).isEqualTo("no_identifier");
    }

    @Test
    void subscriptionsByHandFollowTheTree() {
        String path = "/v1/customers/" + ann().text("id");
        var answer = api.patch(path, """
                {"subscriptions":[{"brand":"shop","status":"subscribed"},
                                  {"brand":"shop","channel":"sms","status":"unsubscribed"},
                                  {"brand":"shop","channel":"email","topic":"vip","status":"unsubscribed"},
                                  {"brand":"strict","channel":"email","status":"no_data"}]}""");
        assertThat(statuses(answer))
                .contains("null null subscribed true", "email null requires_confirmation true",
                "email vip unsubscribed true", "email news requires_confirmation false",
                "sms null unsubscribed true",
                "sms news unsubscribed false", "viber null subscribed false").hasSize(16);
        var back = api.patch(path,
                "{\"subscriptions\":[{\"brand\":\"shop\",\"channel\":\"viber\",\"status\":\"no_data\"}]}");
        assertThat(back.status()).isEqualTo(400);
        assertThat(back.code()).isEqualTo("instruction_not_accepted");
        assertThat(back.field()).isEqualTo("subscriptions[0].status");
    }

    private static List<String> statuses(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().path("subscriptions").valueStream()
                .map(item -> item.path("channel").asString("null") + " "
                + item.path("topic").asString("null") + " " + item.path("status").stringValue() + " "
                + item.path("explicit").booleanValue()).toList();
    }

    @Test
    void namesAndFieldsAreSetAndCleared() {
        String path = "/v1/customers/" + ann().text("id");
        api.patch(path, "{\"last_name\":\"Doe\",\"fields\":{\"city\":\"\",\"age\":null,\"size\":1.50}}");
        var ann = api.patch(path, "{\"first_name\":\"\"}").json();
        assertThat(ann.path("first_name").isNull()).isTrue();
        assertThat(ann.path("last_name").stringValue()).isEqualTo("Doe");
        assertThat(ann.path("fields").toString()).isEqualTo("{\"vip\":true,\"size\":1.5}");
        long rows = api.count("select count(*) from history");
        assertThat(api.patch(path, "{\"first_name\":\"\",\"fields\":{\"size\":1.5}}").status())
                .isEqualTo(200);
        assertThat(api.count("select count(*) from history")).isEqualTo(rows);
    }

    @Test
    void erasingLeavesNothing() {
        String path = "/v1/customers/" + ann().text("id");
        assertThat(api.send(Api.VIEWER, "DELETE", path).status()).isEqualTo(403);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.delete(path).status()).isEqualTo(404);
        for (String table : List.of("customers", "contact_points", "external_ids", "subscriptions", "history",
                "consents", "events")) {
            assertThat(api.count("select count(*) from " + table)).as(table).isZero();
        }
    }

    @Test
    void pagesGoThroughEverybodyNewestFirst() {
        for (int i = 0; i < 7; i++) {
            create("{\"external_ids\":{\"n\":\"" + i + "\"}}");
            api.node.clock.advance(java.time.Duration.ofSeconds(i % 2));
        }
        var seen = new ArrayList<String>();
        String next = "";
        do {
            var page = api.get("/v1/customers?limit=3" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.json().path("customers").forEach(item -> seen.add(item.at("/external_ids/n").stringValue()));
            next = page.json().path("next").asString("");
        } while (!next.isEmpty());
        assertThat(seen).containsExactly("6", "5", "4", "3", "2", "1", "0");
    }

    @Test
    void pagesOfClaimsBeginWithTheHolder() {
        for (int i = 0; i < 4; i++) {
            create(email("a@example.org"));
        }
        var first = api.get("/v1/customers?email=a@example.org&limit=1");
        assertThat(first.json().at("/customers/0/contacts/0/slot").stringValue()).isEqualTo("primary");
        var rest = api.get("/v1/customers?email=a@example.org&limit=3&cursor=" + first.text("next"));
        assertThat(rest.json().path("customers").size()).isEqualTo(3);
        assertThat(rest.json().path("next").isNull()).isTrue();
    }

    @Test
    void anotherProjectSeesAndTouchesNothing() {
        String path = "/v1/customers/" + ann().text("id");
        assertThat(api.send(Api.OTHER_KEY, "GET", path).status()).isEqualTo(404);
        for (String filter : List.of("", "?email=ann@example.org", "?external=crm:42", "?id="
                + path.substring("/v1/customers/".length()))) {
            assertThat(api.send(Api.OTHER_KEY, "GET", "/v1/customers" + filter).json().path("customers")
                    .size())
                    .isZero();
        }
        assertThat(api.send(Api.OTHER_OWNER, "PATCH", path, "{}").status()).isEqualTo(404);
        assertThat(api.send(Api.OTHER_OWNER, "DELETE", path).status()).isEqualTo(404);
        assertThat(api.get(path).status()).isEqualTo(200);
    }

    @Test
    void keysAndViewersMayOnlyRead() {
        String path = "/v1/customers/" + ann().text("id");
        for (String token : List.of(Api.KEY, Api.VIEWER)) {
            assertThat(api.send(token, "GET", path).status()).isEqualTo(200);
            assertThat(api.send(token, "POST", "/v1/customers", "{}").code()).isEqualTo("forbidden");
            assertThat(api.send(token, "PATCH", path, "{}").status()).isEqualTo(403);
            assertThat(api.send(token, "DELETE", path).status()).isEqualTo(403);
        }
        assertThat(api.send(Api.VIEWER, "POST", path + "/opt-in-requests", "{}").status()).isEqualTo(403);
        for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
            assertThat(api.send(null, method, method.equals("POST") ? "/v1/customers" : path).status())
                    .isEqualTo(401);
        }
    }
}
