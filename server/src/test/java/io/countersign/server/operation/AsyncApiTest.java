package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Asynchronous calls, limits and the log, over HTTP. */
class AsyncApiTest {
    private static final String OWNER = "cs_test_owner_0123456789abcdef";
    private static final String GUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final String WEBSITE = "/v1/integrations/website";
    private final Endpoint api = new Endpoint();

    @AfterEach
    void close() {
        api.close();
    }

    private Answer async(String query, String json) {
        return api.send("/v3/operations/async", "?endpointId=website&operation=" + query,
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json", "Authorization", "SecretKey " + Endpoint.KEY));
    }

    private static String customer(String crm, String name) {
        return "{'customer':{'ids':{'crm':'" + crm + "'},'firstName':'" + name + "'}}";
    }

    private JsonNode log(String query) {
        Answer answer = api.v1(OWNER, "GET", "/v1/operation-calls?" + query, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("operation_calls");
    }

    private void awaitLog(int calls) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!log("state=queued").isEmpty() || log("").size() < calls) {
            assertThat(System.nanoTime()).as("calls in the log: " + log("")).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Test
    void anAcceptedCallIsCarriedOutAndItsFateCanBeRead() {
        Answer accepted = async("Import", customer("1", "Ann"));
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.word()).isEqualTo("Success");
        awaitLog(1);
        assertThat(api.get("1").path("firstName").asString()).isEqualTo("Ann");
        Answer entry = api.v1(OWNER, "GET", "/v1/operation-calls/" + accepted.text("operationCallId"), "");
        assertThat(entry.body()).isEqualTo("""
                {"id":"%s","integration":"website","operation":"Import","mode":"async","transaction":null,\
                "state":"done","status":"Success","message":null,"attempts":1,\
                "received_at":"2026-01-02T03:04:05Z","next_attempt_at":null,"done_at":"2026-01-02T03:04:05Z"}"""
                .formatted(accepted.text("operationCallId")));
    }

    @Test
    void xmlIsAcceptedAndAnsweredAsWell() {
        Answer accepted = api.send("/v3/operations/async", "?endpointId=website&operation=Import", """
                <operation><customer><ids><crm>7</crm></ids><firstName>Bob</firstName></customer></operation>"""
                .getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/xml", "Authorization",
                "SecretKey " + Endpoint.KEY));
        assertThat(accepted.body()).contains("<status>Success</status>").contains("<operationCallId>opc_");
        awaitLog(1);
        assertThat(api.get("7").path("firstName").asString()).isEqualTo("Bob");
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedBeforeItIsAccepted() {
        assertThat(async("Nothing", "{}").status()).isEqualTo(400);
        assertThat(async("Import&transactionId=7", customer("1", "Ann")).status()).isEqualTo(400);
        assertThat(async("Import", "{'customer':").status()).isEqualTo(400);
        assertThat(async("Import", "{'customer':{}}").word()).isEqualTo("Success");
        awaitLog(1);
        assertThat(log("status=ValidationError").get(0).path("message").asString()).isEqualTo(
                "/customer: An id, an email or a phone is needed.");
    }

    @Test
    void aRepeatedTransactionIsNotCarriedOutAgainByEitherRoute() {
        async("Import&transactionId=" + GUID, customer("1", "Ann"));
        awaitLog(1);
        async("Import&transactionId=" + GUID, customer("1", "Anna"));
        awaitLog(2);
        Answer sync = api.send("?endpointId=website&operation=Edit&transactionId=" + GUID.toUpperCase(),
                customer("1", "Annabel").replace('\'', '"').getBytes(StandardCharsets.UTF_8), Map.of("Content-Type",
                "application/json", "Authorization", "SecretKey " + Endpoint.KEY));
        assertThat(sync.word()).isEqualTo("TransactionAlreadyProcessed");
        awaitLog(3);
        assertThat(log("transaction=" + GUID)).hasSize(3);
        assertThat(log("transaction=" + GUID + "&status=TransactionAlreadyProcessed")).hasSize(2);
        assertThat(api.get("1").path("firstName").asString()).isEqualTo("Ann");
    }

    @Test
    void aTransactionThatWasRefusedMayBeRepeated() {
        String query = "?endpointId=website&operation=StrictImport&transactionId=" + GUID;
        var headers = Map.of("Content-Type", "application/json", "Authorization", "SecretKey " + Endpoint.KEY);
        assertThat(api.send(query, "{\"customer\":{\"email\":\"nonsense\"}}".getBytes(StandardCharsets.UTF_8), headers)
                .word()).isEqualTo("ValidationError");
        assertThat(api.send(query, "{\"customer\":{\"email\":\"ann@example.org\"}}".getBytes(StandardCharsets.UTF_8),
                headers).word()).isEqualTo("Success");
    }

    @Test
    void moreCallsThanTheOperationAllowsAreAnswered429InTheEnvelope() {
        api.node.provision("""
                projects:
                  - slug: acme
                    integrations:
                      - { slug: website, operations: [ { name: Rare, step: import, calls_per_minute: 2 } ] }
                """);
        assertThat(api.call("Rare", customer("1", "Ann")).word()).isEqualTo("Success");
        assertThat(async("rare", customer("1", "Ann")).word()).isEqualTo("Success");
        for (Answer refused : new Answer[] {api.call("Rare", customer("1", "Ann")), async("Rare", "{}")}) {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.word()).isEqualTo("ProtocolError");
            assertThat(refused.json().path("httpStatusCode").intValue()).isEqualTo(429);
            assertThat(refused.response().headers().firstValue("Retry-After")).contains("30");
        }
        assertThat(api.call("Import", customer("1", "Ann")).word()).isEqualTo("Success");
        api.node.clock.advance(Duration.ofSeconds(30));
        assertThat(api.call("Rare", customer("1", "Ann")).word()).isEqualTo("Success");
    }

    @Test
    void aTestKeyMayCallAHundredTimesAnHourForTwelveHours() {
        String key = api.v1(OWNER, "POST", WEBSITE + "/keys", "{'name':'trying','test':true}").text("secret");
        for (int i = 0; i < 100; i++) {
            assertThat(api.call("website", key, "Import", customer("1", "Ann")).status()).isEqualTo(200);
        }
        assertThat(api.call("website", key, "Import", customer("1", "Ann")).status()).isEqualTo(429);
        assertThat(api.call("Import", customer("1", "Ann")).status()).isEqualTo(200);
        api.node.clock.advance(Duration.ofHours(1));
        assertThat(api.call("website", key, "Import", customer("1", "Ann")).status()).isEqualTo(200);
        api.node.clock.advance(Duration.ofHours(11));
        assertThat(api.call("website", key, "Import", customer("1", "Ann")).status()).isEqualTo(403);
    }

    @Test
    void theLogIsPagedAndFilteredAndAnIntegrationSeesItsOwn() {
        for (int i = 0; i < 5; i++) {
            api.call("Import", customer("1", "Ann" + i));
        }
        api.call("Get", customer("1", ""));
        api.as("accounts", "Import", customer("2", "Bob"));
        awaitLog(7);
        assertThat(log("operation=import&integration=website")).hasSize(5);
        assertThat(log("integration=accounts")).hasSize(1);
        Answer page = api.v1(OWNER, "GET", "/v1/operation-calls?limit=4", "");
        Answer next = api.v1(OWNER, "GET", "/v1/operation-calls?limit=4&cursor=" + page.text("next"), "");
        assertThat(page.json().path("operation_calls")).hasSize(4);
        assertThat(next.json().path("operation_calls")).hasSize(3);
        assertThat(next.json().path("next").isNull()).isTrue();

        assertThat(api.v1(Endpoint.KEY, "GET", "/v1/operation-calls", "").json().path("operation_calls")).hasSize(6);
        String others = "/v1/operation-calls/" + log("integration=accounts").get(0).path("id").asString();
        assertThat(api.v1(Endpoint.KEY, "GET", others, "").status()).isEqualTo(404);
        assertThat(api.v1(Endpoint.KEY, "GET", "/v1/operation-calls?integration=accounts", "").status())
                .isEqualTo(403);
        assertThat(api.v1(OWNER, "GET", "/v1/operation-calls?transaction=7", "").status()).isEqualTo(400);
        assertThat(api.v1(OWNER, "GET", "/v1/operation-calls?state=lost", "").status()).isEqualTo(400);
        assertThat(api.v1(OWNER, "GET", "/v1/operation-calls?cursor=bm90aGluZw", "").status()).isEqualTo(400);
    }

    /** CC2: contacts that came before stay as they are until they pass through it again. */
    @Test
    void verificationIsNotRetroactive() {
        api.v1(OWNER, "PATCH", WEBSITE, "{'verify':{'email':false,'mobile':false}}");
        api.call("Import", "{'customer':{'ids':{'crm':'1'},'email':'ann@example.org','mobilePhone':'+4915112345678'}}");
        assertThat(statuses("1")).isEqualTo("NoConfirmationData NoConfirmationData");
        assertThat(api.v1(OWNER, "PATCH", WEBSITE, "{'verify':{'email':true,'mobile':true}}").status()).isEqualTo(200);
        assertThat(statuses("1")).isEqualTo("NoConfirmationData NoConfirmationData");
        api.call("Import", "{'customer':{'ids':{'crm':'1'},'email':'ann@example.org'}}");
        assertThat(statuses("1")).isEqualTo("PendingConfirmation NoConfirmationData");
    }

    /** CC5. */
    @Test
    void switchingVerificationOffLeavesStatusesAlone() {
        api.call("Import", "{'customer':{'ids':{'crm':'1'},'email':'ann@example.org','mobilePhone':'+4915112345678'}}");
        api.call("ConfirmEmail", "{'customer':{'ids':{'crm':'1'},'email':'ann@example.org'}}");
        String before = statuses("1");
        assertThat(before).isEqualTo("Confirmed PendingConfirmation");
        api.v1(OWNER, "PATCH", WEBSITE, "{'verify':{'email':false,'mobile':false}}");
        assertThat(statuses("1")).isEqualTo(before);
        api.call("Import", "{'customer':{'ids':{'crm':'1'},'email':'ann@example.org','mobilePhone':'+4915112345678'}}");
        assertThat(statuses("1")).isEqualTo(before);
    }

    private String statuses(String crm) {
        JsonNode customer = api.get(crm);
        return customer.path("emailConfirmationStatus").asString("-") + " "
                + customer.path("mobilePhoneConfirmationStatus").asString("-");
    }
}
