package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.Endpoint.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rows of 6.3 that bring data. */
final class ProfileStepsTest {
    private static Endpoint api;

    @BeforeAll
    static void start() {
        api = new Endpoint();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    static void succeeds(Answer answer, String status) {
        assertThat(answer.word()).as(answer.body()).isEqualTo("Success");
        assertThat(answer.text("customer", "processingStatus")).isEqualTo(status);
    }

    static void isInvalid(Answer answer, String location) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.word()).as(answer.body()).isEqualTo("ValidationError");
        JsonNode message = answer.json().path("validationMessages").get(0);
        assertThat(message.path("message").asString()).isNotBlank();
        assertThat(message.path("location").asString("")).isEqualTo(location);
    }

    private static JsonNode subscription(JsonNode customer, String channel, String topic) {
        return customer.path("subscriptions").valueStream()
                .filter(entry -> entry.path("pointOfContact").asString("").equals(channel))
                .filter(entry -> entry.path("topic").asString("").equals(topic)).findFirst().orElseThrow();
    }

    @Test
    void importCreatesFindsAndChanges() {
        String all = """
                {'customer':{'ids':{'crm':'i1','site':77},'email':'I1@Example.org','mobilePhone':'0151 12345678',
                 'firstName':'Ann','lastName':'Smith','middleName':'M','fullName':'Ann M Smith','sex':'Female',
                 'birthDate':'1990-12-31','area':{'ids':{'externalId':'berlin'}},
                 'customFields':{'points':12.50,'vip':true,'note':'a <b> & c'},
                 'subscriptions':[{'brand':'shop','pointOfContact':'Email','isSubscribed':true},
                                  {'pointOfContact':'SMS','topic':'news','isSubscribed':'no'}]}}""";
        Answer created = api.call("Import", all);
        succeeds(created, "Created");
        assertThat(created.text("customer", "ids", "mindboxId")).startsWith("cus_");
        succeeds(api.call("Import", all), "Found");
        succeeds(api.call("Import", "{'customer':{'ids':{'site':'77'},'firstName':'Anna'}}"), "Changed");
        JsonNode customer = api.get("i1");
        assertThat(customer.path("firstName").asString()).isEqualTo("Anna");
        assertThat(customer.path("lastName").asString()).isEqualTo("Smith");
        assertThat(customer.path("middleName").asString()).isEqualTo("M");
        assertThat(customer.path("sex").asString()).isEqualTo("female");
        assertThat(customer.path("birthDate").asString()).isEqualTo("1990-12-31");
        assertThat(customer.path("area").path("ids").path("externalId").asString()).isEqualTo("berlin");
        assertThat(customer.path("customFields").path("points").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(customer.path("customFields").path("vip").booleanValue()).isTrue();
        assertThat(customer.path("ids").path("site").asString()).isEqualTo("77");
        assertThat(customer.path("email").asString()).isEqualTo("i1@example.org");
        assertThat(customer.path("mobilePhone").asString()).isEqualTo("+4915112345678");
        assertThat(customer.path("emailConfirmationStatus").asString()).isEqualTo("PendingConfirmation");
        assertThat(customer.path("isEmailConfirmed").booleanValue()).isFalse();
        assertThat(subscription(customer, "Email", "").path("isSubscribed").booleanValue()).isTrue();
        assertThat(subscription(customer, "Email", "vip").path("isSubscribed").booleanValue()).isTrue();
        assertThat(subscription(customer, "SMS", "news").path("isSubscribed").booleanValue()).isFalse();
        assertThat(customer.path("changeDateTimeUtc").asString()).endsWith("Z");
    }

    @Test
    void xmlSaysTheSame() {
        String xml = """
                <?xml version="1.0" encoding="utf-8"?>
                <operation><customer><ids><crm>x1</crm></ids><email>x1@example.org</email>
                  <firstName>A &amp; B</firstName><!-- a comment -->
                  <customFields><points>7</points></customFields>
                  <subscriptions><subscription><brand>shop</brand><pointOfContact>Email</pointOfContact>
                    <topic>news</topic><isSubscribed>true</isSubscribed></subscription></subscriptions>
                </customer></operation>""";
        Answer answer = api.send("?endpointId=website&operation=Import",
                xml.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.util.Map.of("Content-Type",
                        "application/xml", "Authorization", "SecretKey " + Endpoint.KEY));
        assertThat(answer.body()).contains("<status>Success</status>", "<processingStatus>Created</processingStatus>");
        JsonNode customer = api.get("x1");
        assertThat(customer.path("firstName").asString()).isEqualTo("A & B");
        assertThat(subscription(customer, "Email", "news").path("isSubscribed").booleanValue()).isTrue();
        Answer shown = api.send("?endpointId=website&operation=Get", ("<operation><customer><ids><crm>x1</crm></ids>"
                + "</customer></operation>").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.util.Map.of("Content-Type", "application/xml", "Authorization", "SecretKey " + Endpoint.KEY));
        assertThat(shown.body()).contains("<firstName>A &amp; B</firstName>", "<subscriptions><subscription><brand>",
                "<email>x1@example.org</email>", "<customFields><points>7</points></customFields>");
    }

    @Test
    void clearErases() {
        api.call("Import", """
                {'customer':{'ids':{'crm':'c1'},'email':'c1@example.org','firstName':'Ann','sex':'male',
                 'customFields':{'note':'x'}}}""");
        succeeds(api.call("Import", """
                {'customer':{'ids':{'crm':'c1'},'email':'%CLEAR%','firstName':'%CLEAR%','sex':'%CLEAR%',
                 'customFields':{'note':'%CLEAR%'}}}"""), "Changed");
        JsonNode customer = api.get("c1");
        for (String name : new String[] {"email", "firstName", "sex", "customFields", "pendingEmail"}) {
            assertThat(customer.has(name)).as(name).isFalse();
        }
    }

    @Test
    void editConcernsThoseWhoExistAndErasesNamesThatAreMissing() {
        succeeds(api.call("Edit", "{'customer':{'ids':{'crm':'nobody'},'firstName':'A'}}"), "NotFound");
        assertThat(api.get("nobody").path("processingStatus").asString()).isEqualTo("NotFound");
        api.call("Import", "{'customer':{'ids':{'crm':'e1'},'firstName':'A','lastName':'B','middleName':'C',"
                + "'fullName':'A C B'}}");
        succeeds(api.call("Edit", "{'customer':{'ids':{'crm':'e1'},'lastName':'D','subscriptions':"
                + "[{'pointOfContact':'Email','isSubscribed':false}]}}"), "Changed");
        JsonNode customer = api.get("e1");
        assertThat(customer.path("lastName").asString()).isEqualTo("D");
        assertThat(customer.has("firstName")).isFalse();
        assertThat(customer.has("middleName")).isFalse();
        assertThat(customer.path("fullName").asString()).isEqualTo("A C B");
        assertThat(subscription(customer, "Email", "").path("isSubscribed").booleanValue()).isFalse();
    }

    @Test
    void appendFillsBlanksOnly() {
        succeeds(api.call("Append", "{'customer':{'ids':{'crm':'nobody'},'firstName':'A'}}"), "NotFound");
        api.call("Import", "{'customer':{'ids':{'crm':'a1'},'email':'a1@example.org','firstName':'A',"
                + "'customFields':{'size':'L'}}}");
        succeeds(api.call("Append", """
                {'customer':{'ids':{'crm':'a1'},'email':'other@example.org','mobilePhone':'+4915112340001',
                 'firstName':'Z','lastName':'B','customFields':{'size':'S','colour':'red'},
                 'subscriptions':[{'pointOfContact':'Email'}]}}"""), "Changed");
        JsonNode customer = api.get("a1");
        assertThat(customer.path("email").asString()).isEqualTo("a1@example.org");
        assertThat(customer.has("pendingEmail")).isFalse();
        assertThat(customer.path("mobilePhone").asString()).isEqualTo("+4915112340001");
        assertThat(customer.path("firstName").asString()).isEqualTo("A");
        assertThat(customer.path("lastName").asString()).isEqualTo("B");
        assertThat(customer.path("customFields").path("size").asString()).isEqualTo("L");
        assertThat(customer.path("customFields").path("colour").asString()).isEqualTo("red");
        JsonNode email = subscription(customer, "Email", "");
        assertThat(email.has("isSubscribed")).isFalse();
        assertThat(email.path("status").asString()).isEqualTo("RequiresConfirmation");
    }

    @Test
    void registerOrAppendCreatesWhomItDoesNotFind() {
        succeeds(api.call("RegisterOrAppend", "{'customer':{'email':'ra@example.org','firstName':'A'}}"), "Created");
        succeeds(api.call("RegisterOrAppend", "{'customer':{'email':'ra@example.org','firstName':'B',"
                + "'lastName':'C'}}"), "Changed");
        Answer shown = api.call("Get", "{'customer':{'email':'RA@example.org'}}");
        assertThat(shown.text("customer", "firstName")).isEqualTo("A");
        assertThat(shown.text("customer", "lastName")).isEqualTo("C");
    }

    @Test
    void editUnauthorizedTouchesAreaSexAndCustomFields() {
        api.call("Import", "{'customer':{'ids':{'crm':'u1'},'email':'u1@example.org','firstName':'A'}}");
        succeeds(api.call("EditUnauthorized", """
                {'customer':{'ids':{'crm':'u1'},'email':'new@example.org','firstName':'Z','birthDate':'2000-01-01',
                 'sex':'male','customFields':{'size':'S'},
                 'subscriptions':[{'pointOfContact':'Email'}]}}"""), "Changed");
        JsonNode customer = api.get("u1");
        assertThat(customer.path("sex").asString()).isEqualTo("male");
        assertThat(customer.path("customFields").path("size").asString()).isEqualTo("S");
        assertThat(customer.path("firstName").asString()).isEqualTo("A");
        assertThat(customer.path("email").asString()).isEqualTo("u1@example.org");
        assertThat(customer.has("birthDate")).isFalse();
        assertThat(customer.has("subscriptions")).isFalse();
        succeeds(api.call("EditUnauthorized", "{'customer':{'ids':{'crm':'nobody'},'sex':'male'}}"), "NotFound");
    }

    @Test
    void registerMakesSomebodyNewAndNotTwice() {
        succeeds(api.call("Register", "{'customer':{'ids':{'crm':'r1'},'email':'r1@example.org'}}"), "Created");
        isInvalid(api.call("Register", "{'customer':{'ids':{'crm':'r1'},'email':'r1b@example.org'}}"),
                "/customer/ids");
        assertThat(api.get("r1").path("email").asString()).isEqualTo("r1@example.org");
    }

    @Test
    void subscribeNeedsASubscriptionAndIgnoresTheFlagsOfTheIntegration() {
        isInvalid(api.call("Subscribe", "{'customer':{'email':'s1@example.org'}}"), "/customer/subscriptions");
        succeeds(api.call("Subscribe", """
                {'customer':{'ids':{'crm':'s1'},'email':'s1@example.org',
                 'subscriptions':[{'brand':'shop','pointOfContact':'Email','topic':'news'}]}}"""), "Created");
        JsonNode customer = api.get("s1");
        assertThat(customer.path("emailConfirmationStatus").asString()).isEqualTo("NoConfirmationData");
        assertThat(customer.has("isEmailConfirmed")).isFalse();
        assertThat(subscription(customer, "Email", "news").path("status").asString())
                .isEqualTo("RequiresConfirmation");
    }

    @Test
    void anUnsubscribeIsNotAcceptedWhereOnlySubscribesAre() {
        isInvalid(api.call("Register", "{'customer':{'email':'nu@example.org','subscriptions':"
                + "[{'pointOfContact':'Email','isSubscribed':false}]}}"), "/customer/subscriptions/0/isSubscribed");
        succeeds(api.call("RegisterOrAppend", "{'customer':{'ids':{'crm':'nu'},'subscriptions':"
                + "[{'pointOfContact':'Email','isSubscribed':false}]}}"), "Created");
        assertThat(api.get("nu").has("subscriptions")).isFalse();
    }

    @Test
    void aValueByDefaultCountsWhereThereIsNoData() {
        api.call("Import", "{'customer':{'ids':{'crm':'d1'},'subscriptions':"
                + "[{'pointOfContact':'Email','isSubscribed':false}]}}");
        api.call("Import", "{'customer':{'ids':{'crm':'d1'},'subscriptions':"
                + "[{'pointOfContact':'Email','valueByDefault':true},"
                + "{'pointOfContact':'SMS','valueByDefault':true}]}}");
        JsonNode customer = api.get("d1");
        assertThat(subscription(customer, "Email", "").path("isSubscribed").booleanValue()).isFalse();
        assertThat(subscription(customer, "SMS", "").path("isSubscribed").booleanValue()).isTrue();
    }

    @Test
    void whoBroughtWhatIsInTheHistoryAndTheConsent() {
        api.send("?endpointId=website&operation=Import", """
                {"customer":{"ids":{"crm":"k1"},"subscriptions":[{"pointOfContact":"Email","isSubscribed":true}]}}"""
                .getBytes(java.nio.charset.StandardCharsets.UTF_8), java.util.Map.of("Content-Type",
                "application/json", "Authorization", "SecretKey " + Endpoint.KEY, "X-Customer-IP", "192.0.2.7",
                "User-Agent", "a browser"));
        assertThat(api.texts("""
                select distinct h.source || ' ' || h.actor as t from history h
                join external_ids e on e.project_id = h.project_id and e.customer_id = h.customer_id
                where e.value = 'k1'""")).containsExactly("operation:import integration:website");
        assertThat(api.texts("""
                select c.kind || ' ' || c.ip || ' ' || c.user_agent as t from consents c
                join external_ids e on e.project_id = c.project_id and e.customer_id = c.customer_id
                where e.value = 'k1'""")).containsExactly("instruction 192.0.2.7 a browser");
    }
}
