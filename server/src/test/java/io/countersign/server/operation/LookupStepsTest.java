package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The steps Get and Merge. */
final class LookupStepsTest {
    private static Endpoint api;

    @BeforeAll
    static void start() {
        api = new Endpoint();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static void make(String crm, String more) {
        Answer answer = api.call("Import", "{'customer':{'ids':{'crm':'" + crm + "'}" + more + "}}");
        assertThat(answer.word()).as(answer.body()).isEqualTo("Success");
    }

    @Test
    void aCustomerIsFoundByIdsEmailAndPhone() {
        make("g1", ",'email':'g1@example.org','mobilePhone':'+4915112341111'");
        for (String by : new String[] {"'ids':{'crm':'g1'}", "'email':'G1@example.org'", "'mobilePhone':4915112341111",
            "'mobilePhone':'015112341111'"}) {
            String found = api.call("Get", "{'customer':{" + by + "}}").text("customer", "processingStatus");
            assertThat(found).as(by).isEqualTo("Found");
        }
        assertThat(api.call("Get", "{'customer':{'email':'nobody@example.org'}}").text("customer",
                "processingStatus")).isEqualTo("NotFound");
    }

    @Test
    void aPendingChangeStandsBesideTheConfirmedContact() {
        make("g2", ",'email':'g2@example.org'");
        api.call("ConfirmEmail", "{'customer':{'ids':{'crm':'g2'},'email':'g2@example.org'}}");
        make("g2", ",'email':'g2new@example.org'");
        var customer = api.get("g2");
        assertThat(customer.path("email").asString()).isEqualTo("g2@example.org");
        assertThat(customer.path("isEmailConfirmed").booleanValue()).isTrue();
        assertThat(customer.path("emailConfirmationStatus").asString()).isEqualTo("Confirmed");
        assertThat(customer.path("isEmailInvalid").booleanValue()).isFalse();
        assertThat(customer.path("pendingEmail").asString()).isEqualTo("g2new@example.org");
    }

    @Test
    void throughAccountsOnlyContactsThatOpenAccountsAreSeen() {
        make("g3", ",'email':'g3@example.org','mobilePhone':'+4915112343333'");
        assertThat(api.as("accounts", "Get", "{'customer':{'email':'g3@example.org'}}").text("customer",
                "processingStatus")).isEqualTo("NotFound");
        assertThat(api.as("accounts", "Get", "{'customer':{'mobilePhone':'+4915112343333'}}").text("customer",
                "processingStatus")).isEqualTo("Found");
    }

    @Test
    void aTicketShowsItsHolderAndNothingElse() {
        make("g4", "");
        String good = "{'customer':{'authenticationTicket':'" + api.ticket("g4") + "'}}";
        assertThat(api.call("Get", good).text("customer", "ids", "crm")).isEqualTo("g4");
        Answer wrong = api.call("Get", "{'customer':{'authenticationTicket':'bad'}}");
        assertThat(wrong.word()).isEqualTo("Success");
        assertThat(wrong.json().has("customer")).isFalse();
        Answer empty = api.call("Get", "{'customer':{'authenticationTicket':''}}");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.word()).isEqualTo("ProtocolError");
        Answer page = api.send("?endpointId=website&operation=Public.Get",
                good.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json", "Origin", Endpoint.SITE));
        assertThat(page.text("customer", "ids", "crm")).isEqualTo("g4");
    }

    @Test
    void customersAreMergedAllOrNone() {
        make("m1", ",'firstName':'A'");
        make("m2", ",'lastName':'B'");
        make("m3", "");
        Answer missing = merge("m1", "m2", "nobody");
        assertThat(missing.text("resultingCustomer", "processingStatus")).isEqualTo("Found");
        assertThat(missing.json().path("customersToMerge").valueStream()
                .map(other -> other.path("processingStatus").asString())).containsExactly("Found", "NotFound");
        assertThat(api.get("m1").has("lastName")).isFalse();
        Answer done = merge("m1", "m2", "m3");
        assertThat(done.word()).as(done.body()).isEqualTo("Success");
        assertThat(done.text("resultingCustomer", "processingStatus")).isEqualTo("Merged");
        assertThat(done.text("resultingCustomer", "ids", "crm")).isEqualTo("m1");
        assertThat(api.get("m3").path("lastName").asString()).isEqualTo("B");
        assertThat(api.get("m2").path("ids").path("mindboxId").asString())
                .isEqualTo(api.get("m1").path("ids").path("mindboxId").asString());
        assertThat(merge("m1", "m2").text("resultingCustomer", "processingStatus")).isEqualTo("Merged");
    }

    /** Whoever else acted last or has more: the caller says who results. */
    @Test
    void theResultingCustomerIsTheOneWhoStays() {
        make("r1", ",'email':'r1@example.org','firstName':'One'");
        make("r2", ",'email':'r2@example.org','firstName':'Two','lastName':'Second'");
        String stays = api.get("r1").path("ids").path("mindboxId").asString();
        Answer merged = merge("r1", "r2");
        assertThat(merged.text("resultingCustomer", "ids", "mindboxId")).isEqualTo(stays);
        JsonNode customer = api.get("r2");
        assertThat(customer.path("ids").path("mindboxId").asString()).isEqualTo(stays);
        assertThat(customer.path("ids").path("crm").asString()).isEqualTo("r1");
        assertThat(customer.path("email").asString()).isEqualTo("r1@example.org");
        assertThat(customer.path("firstName").asString()).isEqualTo("One");
        assertThat(customer.path("lastName").asString()).isEqualTo("Second");
    }

    @Test
    void aMergeNeedsBothSides() {
        Answer nobody = api.call("Merge", "{'resultingCustomer':{'ids':{'crm':'m9'}}}");
        assertThat(nobody.word()).isEqualTo("ValidationError");
        assertThat(api.call("Merge", "{'customersToMerge':[{'ids':{'crm':'m9'}}]}").word())
                .isEqualTo("ValidationError");
    }

    @Test
    void aMergeInXmlIsTheVendorsSample() {
        make("v1", "");
        make("v2", "");
        Answer answer = api.send("?endpointId=website&operation=Merge", """
                <operation><customersToMerge><customer><ids><crm>v2</crm></ids></customer></customersToMerge>
                <resultingCustomer><ids><crm>v1</crm></ids></resultingCustomer></operation>"""
                .getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/xml", "Authorization",
                "SecretKey " + Endpoint.KEY));
        assertThat(answer.body()).contains("<result><status>Success</status><customersToMerge><customer>"
                + "<processingStatus>Found</processingStatus><ids><crm>v2</crm></ids></customer></customersToMerge>",
                "<resultingCustomer><processingStatus>Merged</processingStatus><ids><crm>v1</crm>");
    }

    private static Answer merge(String into, String... others) {
        String list = String.join(",", java.util.stream.Stream.of(others)
                .map(crm -> "{'ids':{'crm':'" + crm + "'}}").toList());
        return api.call("Merge", "{'resultingCustomer':{'ids':{'crm':'" + into + "'}},'customersToMerge':[" + list
                + "]}");
    }
}
