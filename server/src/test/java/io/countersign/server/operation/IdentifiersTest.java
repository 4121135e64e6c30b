package io.countersign.server.operation;

import static io.countersign.server.operation.ProfileStepsTest.isInvalid;
import static io.countersign.server.operation.ProfileStepsTest.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.Endpoint.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** By what a customer is found, and what becomes of values that are not accepted (DM12, DM13). */
final class IdentifiersTest {
    private static Endpoint api;

    @BeforeAll
    static void start() {
        api = new Endpoint();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @Test
    void badValuesAreToldAndNothingIsSavedOrTheyAreLeftOut() {
        String bad = """
                {'customer':{'ids':{'crm':'b1'},'email':'b1@blocked.test','mobilePhone':'12','sex':'x',
                 'birthDate':'31.12.1990','firstName':'Ann','customFields':{'a':[1],'sex':'male'},
                 'subscriptions':[{'brand':'none'},{'pointOfContact':'Pigeon'},{'topic':'news'},
                                  {'pointOfContact':'Email','topic':'none'},
                                  {'pointOfContact':'Email','isSubscribed':'maybe'}]}}""";
        Answer strict = api.call("StrictImport", bad);
        isInvalid(strict, "/customer/email");
        assertThat(strict.json().path("validationMessages").valueStream()
                .map(message -> message.path("location").asString())).containsExactly("/customer/email",
                "/customer/mobilePhone", "/customer/sex", "/customer/birthDate", "/customer/customFields/a",
                "/customer/customFields/sex", "/customer/subscriptions/0/brand",
                "/customer/subscriptions/1/pointOfContact", "/customer/subscriptions/2/pointOfContact",
                "/customer/subscriptions/3/topic", "/customer/subscriptions/4/isSubscribed");
        assertThat(api.get("b1").path("processingStatus").asString()).isEqualTo("NotFound");
        succeeds(api.call("Import", bad), "Created");
        assertThat(api.get("b1").propertyNames()).containsExactlyInAnyOrder("processingStatus", "ids", "firstName",
                "changeDateTimeUtc");
    }

    @Test
    void aBadValueThatWasTheOnlyIdentifierSavesNothing() {
        isInvalid(api.call("Import", "{'customer':{'email':'b2@blocked.test','firstName':'A'}}"), "/customer/email");
        isInvalid(api.call("Import", "{'customer':{'firstName':'A'}}"), "/customer");
        isInvalid(api.call("Import", "{}"), "/customer");
        isInvalid(api.call("Import", "{'customer':{'ids':{'mindboxId':'42'}}}"), "/customer/ids/mindboxId");
    }

    @Test
    void idsOfTwoCustomersChangeNothing() {
        api.call("Import", "{'customer':{'ids':{'crm':'t1'},'firstName':'A'}}");
        api.call("Import", "{'customer':{'ids':{'site':'t2'},'firstName':'B'}}");
        isInvalid(api.call("Import", "{'customer':{'ids':{'crm':'t1','site':'t2'},'firstName':'C'}}"), "");
        assertThat(api.get("t1").path("firstName").asString()).isEqualTo("A");
    }

    @Test
    void anIdThatIsNewIsGivenToWhoeverTheOtherFinds() {
        api.call("Import", "{'customer':{'ids':{'crm':'n1'}}}");
        succeeds(api.call("Import", "{'customer':{'ids':{'site':'n1-site','crm':'n1'}}}"), "Changed");
        assertThat(api.get("n1").path("ids").path("site").asString()).isEqualTo("n1-site");
    }

    @Test
    void ourOwnIdFindsAndIsGivenToNobody() {
        Answer made = api.call("Import", "{'customer':{'ids':{'crm':'o1'}}}");
        String own = made.text("customer", "ids", "mindboxId");
        succeeds(api.call("Import", "{'customer':{'ids':{'mindboxId':'" + own + "'},'firstName':'O'}}"), "Changed");
        assertThat(api.get("o1").path("firstName").asString()).isEqualTo("O");
        isInvalid(api.call("Import", "{'customer':{'ids':{'mindboxId':'cus_01J00000000000000000000000'}}}"),
                "/customer");
    }

    @Test
    void whereIdsAreGivenContactsAreDataAndAnAddressOfAnotherIsAClaim() {
        api.call("Import", "{'customer':{'ids':{'crm':'h1'},'email':'h@example.org'}}");
        api.call("ConfirmEmail", "{'customer':{'ids':{'crm':'h1'},'email':'h@example.org'}}");
        succeeds(api.call("Import", "{'customer':{'ids':{'crm':'h2'},'email':'h@example.org','firstName':'B'}}"),
                "Created");
        assertThat(api.get("h1").path("isEmailConfirmed").booleanValue()).isTrue();
        JsonNode claimant = api.get("h2");
        assertThat(claimant.path("pendingEmail").asString()).isEqualTo("h@example.org");
        assertThat(claimant.has("email")).isFalse();
        assertThat(claimant.path("firstName").asString()).isEqualTo("B");
    }

    @Test
    void whoRegistersWithAContactThatSomebodyHoldsIsThatPerson() {
        api.call("Import", "{'customer':{'ids':{'crm':'g1'},'email':'g1@example.org','lastName':'Known'}}");
        succeeds(api.call("Register", "{'customer':{'ids':{'site':'g1'},'email':'g1@example.org'}}"), "Merged");
        JsonNode one = api.get("g1");
        assertThat(one.path("ids").path("site").asString()).isEqualTo("g1");
        assertThat(one.path("lastName").asString()).isEqualTo("Known");
    }

    @Test
    void aContactThatOpensAnAccountIsRegisteredOnceAndMayStillSignUp() {
        String body = "{'customer':{'email':'account@example.org'}}";
        succeeds(api.as("accounts", "Register", body), "Created");
        isInvalid(api.as("accounts", "Register", body), "/customer");
        isInvalid(api.call("Register", body), "/customer");
        assertThat(api.call("Subscribe", "{'customer':{'email':'account@example.org','subscriptions':"
                + "[{'pointOfContact':'Email'}]}}").word()).isEqualTo("Success");
        assertThat(api.as("accounts", "Get", body).text("customer", "processingStatus")).isEqualTo("Found");
    }
}
