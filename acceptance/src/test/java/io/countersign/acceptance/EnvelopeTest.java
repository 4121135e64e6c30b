package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.PARTNER;
import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.Api.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What surrounds every operation: who may call, and how each end is told (AP1-AP8), in JSON. */
@ResourceLock(Shop.TIME)
class EnvelopeTest {
    private static final String NOBODY = "{\"customer\":{\"email\":\"nobody@envelope.example\"}}";

    @RegisterExtension
    static final Shop SHOP = Shop.whereTimeMoves();

    @Test
    void whatWasDone_isSuccess() throws Exception {
        var answer = SHOP.at(WEBSITE).sync("Import", SHOP.stranger().body().with("firstName", "Ann"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().path("status").asString()).isEqualTo("Success");
        assertThat(answer.json().has("errorMessage")).isFalse();
    }

    @Test
    void theOlderFormOfTheKey_isAccepted() throws Exception {
        var answer = send(SHOP.at(WEBSITE).unauthorized("sync", "Get", "")
                .header("Authorization", "Mindbox secretKey=\"" + WEBSITE.key() + "\""), NOBODY);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void withoutAKey_is401() throws Exception {
        assertError(send(SHOP.at(WEBSITE).unauthorized("sync", "Get", ""), NOBODY), 401, "ProtocolError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SecretKey wrong", "SecretKey cs_test_partner_0123456789abcdef",
        "Mindbox secretKey=\"wrong\"", "SecretKey ", "Bearer cs_test_owner_0123456789abcdef"})
    void withAnotherKey_is403Or401(String authorization) throws Exception {
        var answer = send(SHOP.at(WEBSITE).unauthorized("sync", "Get", "")
                .header("Authorization", authorization), NOBODY);
        assertThat(answer.status()).as(answer.text()).isIn(401, 403);
        assertError(answer, answer.status(), "ProtocolError");
        if (authorization.contains("cs_test_partner") || authorization.endsWith("wrong")) {
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?endpointId=nowhere&operation=Get", "?endpointId=website&operation=Nothing",
        "?endpointId=website", "?operation=Get", "?endpointId=website&operation=Get&transactionId=7",
        "?endpointId=website&operation=Get&deviceUUID=7", ""})
    void aCallThatNamesNothing_is400(String query) throws Exception {
        var answer = send(SHOP.api().request("/v3/operations/sync" + query)
                .header("Authorization", "SecretKey " + WEBSITE.key()), NOBODY);
        assertError(answer, 400, "ProtocolError");
    }

    /** A deviceUUID and an address that a web shop could not find out are sent empty by the vendor's library. */
    @Test
    void emptyDeviceAndAddress_areAsIfAbsent() throws Exception {
        var person = SHOP.stranger();
        var answer = send(SHOP.at(WEBSITE).unauthorized("sync", "Import", "&deviceUUID=")
                .header("Authorization", "SecretKey " + WEBSITE.key()).header("X-Customer-IP", ""),
                person.body().toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(person.isKnown()).isTrue();
    }

    @Test
    void theNameOfAnOperation_isMatchedWhateverItsCase() throws Exception {
        assertThat(SHOP.at(WEBSITE).sync("gET", Body.empty().with(Kind.EMAIL, "nobody@envelope.example")).status())
                .isEqualTo(200);
    }

    @Test
    void anotherPath_is404WithoutAStatus() throws Exception {
        var answer = send(SHOP.api().request("/v3/operations/sometimes?endpointId=website&operation=Get")
                .header("Authorization", "SecretKey " + WEBSITE.key()), NOBODY);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().has("status")).isFalse();
    }

    @Test
    void anotherMethod_isToldInTheEnvelope() throws Exception {
        var answer = SHOP.api().get("/v3/operations/sync?endpointId=website&operation=Get");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().path("httpStatusCode").intValue()).isEqualTo(405);
    }

    @Test
    void moreCallsThanAMinuteAllows_are429AndOtherOperationsGoOn() throws Exception {
        var body = Body.empty().with(Kind.EMAIL, "nobody@envelope.example");
        Answer last = null;
        for (int i = 0; i <= OperationSetUp.CALLS_PER_MINUTE; i++) {
            last = SHOP.at(WEBSITE).sync("Limited", body);
        }
        assertError(last, 429, "ProtocolError");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
        assertThat(SHOP.at(WEBSITE).sync("Get", body).status()).isEqualTo(200);
        assertThat(SHOP.at(PARTNER).sync("Limited", body).status()).isEqualTo(200);
        SHOP.api().advance("PT61S");
        assertThat(SHOP.at(WEBSITE).sync("Limited", body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{\"customer\":7}", "{\"customer\":{\"email\":[]}}",
        "{\"customer\":{}} trailing", "{\"customer\":{\"email\":\"a\",\"email\":\"b\"}}"})
    void aBodyThatIsNoOperation_is400(String body) throws Exception {
        var answer = send(SHOP.at(WEBSITE).request("sync", "Import", ""), body);
        if (answer.status() == 200) {
            assertThat(answer.json().path("status").asString()).isEqualTo("ValidationError");
        } else {
            assertError(answer, 400, "ProtocolError");
        }
    }

    @Test
    void nestingWithoutEnd_is400() throws Exception {
        assertError(send(SHOP.at(WEBSITE).request("sync", "Import", ""), "{\"customer\":".repeat(20_000)),
                400, "ProtocolError");
    }

    @Test
    void bytesThatAreNoUtf8_are400() throws Exception {
        var body = "{\"customer\":{\"firstName\":\"Jörg\"}}".getBytes(StandardCharsets.ISO_8859_1);
        assertError(SHOP.api().send(SHOP.at(WEBSITE).request("sync", "Import", "")
                .POST(BodyPublishers.ofByteArray(body))), 400, "ProtocolError");
    }

    @Test
    void fiftyMegabytes_areRefusedInTheEnvelope() throws Exception {
        var body = "{\"customer\":{\"firstName\":\"" + "a".repeat(50_000_000) + "\"}}";
        var answer = send(SHOP.at(WEBSITE).request("sync", "Import", ""), body);
        assertThat(answer.status()).isIn(400, 413);
        assertError(answer, answer.status(), "ProtocolError");
        assertThat(SHOP.at(WEBSITE).sync("Get", Body.empty().with(Kind.EMAIL, "after@envelope.example")).status())
                .isEqualTo(200);
    }

    @Test
    void aBadValue_isToldWhereTheOperationReturnsValidationErrors_andNothingIsSaved() throws Exception {
        var person = SHOP.stranger();
        var answer = SHOP.at(WEBSITE).sync("Strict", person.body().with(Kind.EMAIL, "not an address")
                .with("firstName", "Ann"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("ValidationError");
        JsonNode messages = answer.json().path("validationMessages");
        assertThat(messages.size()).isEqualTo(1);
        assertThat(messages.get(0).path("message").asString()).isNotBlank();
        assertThat(messages.get(0).path("location").asString()).isEqualTo("/customer/email");
        assertThat(person.isKnown()).isFalse();
    }

    @Test
    void aBadValue_isLeftOutWhereTheOperationDoesNot_andTheRestIsSaved() throws Exception {
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Import", person.body().with(Kind.EMAIL, "not an address")
                .with(Kind.MOBILE, "12").with("firstName", "Ann"));
        assertThat(person.document().path("first_name").asString()).isEqualTo("Ann");
        person.expecting(Kind.EMAIL, Held.NOTHING).expecting(Kind.MOBILE, Held.NOTHING);
    }

    @Test
    void aBlockedAddress_isTreatedAsABadValue() throws Exception {
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Import", person.body().with(Kind.EMAIL, "ann@blocked.test"));
        person.expecting(Kind.EMAIL, Held.NOTHING);
        var strict = SHOP.at(WEBSITE).sync("Strict", SHOP.stranger().body().with(Kind.EMAIL, "ann@blocked.test"));
        assertThat(strict.json().path("status").asString()).isEqualTo("ValidationError");
    }

    @Test
    void idsOfTwoCustomers_areAnErrorAndNothingChanges() throws Exception {
        var one = SHOP.stranger().known();
        var other = SHOP.stranger().known();
        var answer = send(SHOP.at(WEBSITE).request("sync", "Edit", ""), """
                {"customer":{"ids":{"CrmID":"%s","mindboxId":"%s"},"firstName":"Ann"}}"""
                .formatted(one.crmId(), other.id()));
        assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("ValidationError");
        assertThat(one.document().path("first_name").isNull()).isTrue();
        assertThat(other.document().path("first_name").isNull()).isTrue();
    }

    @Test
    void theSameTransaction_isDoneOnce() throws Exception {
        var person = SHOP.stranger().known();
        String more = "&transactionId=" + UUID.nameUUIDFromBytes(person.crmId().getBytes(StandardCharsets.UTF_8));
        assertThat(SHOP.at(WEBSITE).sync("Edit", more, person.body().with("firstName", "Ann"))
                .json().path("status").asString()).isEqualTo("Success");
        assertThat(SHOP.at(WEBSITE).sync("Import", more, person.body().with("firstName", "Bob"))
                .json().path("status").asString()).isEqualTo("TransactionAlreadyProcessed");
        assertThat(person.document().path("first_name").asString()).isEqualTo("Ann");
    }

    @Test
    void aTransactionThatFailed_mayBeTriedAgain() throws Exception {
        var person = SHOP.stranger();
        String more = "&transactionId=" + UUID.nameUUIDFromBytes(person.crmId().getBytes(StandardCharsets.UTF_8));
        assertThat(SHOP.at(WEBSITE).sync("Strict", more, person.body().with(Kind.EMAIL, "not an address"))
                .json().path("status").asString()).isEqualTo("ValidationError");
        assertThat(SHOP.at(WEBSITE).sync("Strict", more, person.body().with(Kind.EMAIL, Kind.EMAIL.fresh()))
                .json().path("status").asString()).isEqualTo("Success");
    }

    @Test
    void anAsynchronousCall_isAcceptedAndDoneInOrder() throws Exception {
        var person = SHOP.stranger();
        String first = Kind.EMAIL.fresh();
        String second = Kind.EMAIL.fresh();
        for (var body : new Body[] {person.body().with(Kind.EMAIL, first).with("firstName", "Ann"),
            person.body().with(Kind.EMAIL, second), person.body().with("firstName", "Last")}) {
            var answer = SHOP.at(WEBSITE).async("Import", "", body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("status").asString()).isEqualTo("Success");
        }
        Await.until("all three calls", () -> person.isKnown()
                && person.document().path("first_name").asString("").equals("Last"));
        person.expecting(Kind.EMAIL, Held.pending(second));
    }

    @Test
    void theAddressOfTheCustomer_isKeptWithTheConsent() throws Exception {
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).from("203.0.113.77", "Import", person.body().subscribing("Email", true));
        assertThat(person.document().path("consents").toString()).contains("203.0.113.77");
    }

    private static Answer send(HttpRequest.Builder request, String body) throws IOException {
        return SHOP.api().send(request.setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static void assertError(Answer answer, int code, String status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(code);
        JsonNode error = answer.json();
        assertThat(error.path("status").asString()).isEqualTo(status);
        assertThat(error.path("errorMessage").asString()).isNotBlank();
        assertThat(error.path("httpStatusCode").intValue()).isEqualTo(code);
        assertThat(UUID.fromString(error.path("errorId").asString())).isNotNull();
    }
}
