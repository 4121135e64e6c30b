package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.Endpoint.Answer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AP1-AP6: who is let in, and the shape of every answer. */
final class EnvelopeTest {
    private static final String IMPORT = "?endpointId=website&operation=Import";
    private static final byte[] ANN = "{\"customer\":{\"ids\":{\"crm\":\"1\"}}}".getBytes(StandardCharsets.UTF_8);
    private static Endpoint api;

    @BeforeAll
    static void start() {
        api = new Endpoint();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Map<String, String> headers(String... more) {
        var headers = new HashMap<>(Map.of("Content-Type", "application/json", "Authorization",
                "SecretKey " + Endpoint.KEY));
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        headers.values().removeIf(String::isEmpty);
        return headers;
    }

    private static void isError(Answer answer, int status, String word) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.word()).isEqualTo(word);
        assertThat(answer.text("errorMessage")).isNotBlank();
        assertThat(UUID.fromString(answer.text("errorId"))).isNotNull();
        assertThat(answer.json().path("httpStatusCode").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SecretKey KEY", "Mindbox secretKey=\"KEY\"", "mindbox SecretKey = \"KEY\"", "Bearer KEY"})
    void everyFormOfTheKeyLetsIn(String form) {
        Answer answer = api.send(IMPORT, ANN, headers("Authorization", form.replace("KEY", Endpoint.KEY)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.word()).isEqualTo("Success");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no credentials             | website | Import  |                                             | 401
            another scheme             | website | Import  | Basic YTpi                                  | 401
            an unknown key             | website | Import  | SecretKey cs_test_nobody_0123456789abcdef   | 403
            an operator's token        | website | Import  | SecretKey cs_test_owner_0123456789abcdef    | 403
            another integration's key  | website | Import  | SecretKey cs_test_accounts_0123456789abcdef | 403
            switched off               | off     | Get     | SecretKey cs_test_off_0123456789abcdefgh    | 403
            an unknown endpoint        | nowhere | Import  | SecretKey cs_test_website_0123456789abcdef  | 400
            an unknown operation       | website | Nothing | SecretKey cs_test_website_0123456789abcdef  | 400
            unknown, no credentials    | website | Nothing |                                             | 401
            """)
    void whoMayNotIsToldSoInTheEnvelope(String why, String endpoint, String operation, String key, int status) {
        Answer answer = api.send("?endpointId=" + endpoint + "&operation=" + operation, ANN,
                headers("Authorization", key == null ? "" : key));
        assertThat(why).isNotBlank();
        isError(answer, status, "ProtocolError");
    }

    @Test
    void missingAndBrokenParametersAreProtocolErrors() {
        isError(api.send("", ANN, headers()), 400, "ProtocolError");
        isError(api.send("?endpointId=website", ANN, headers()), 400, "ProtocolError");
        isError(api.send(IMPORT + "&transactionId=7", ANN, headers()), 400, "ProtocolError");
        isError(api.send(IMPORT + "&deviceUUID=phone", ANN, headers()), 400, "ProtocolError");
    }

    @Test
    void theNameOfAnOperationHasNoCaseAndParametersHaveTheVendorsTwoSpellings() {
        assertThat(api.send("?endpointid=website&operation=IMPORT", ANN, headers()).word()).isEqualTo("Success");
    }

    @Test
    void aWrongAddressHasNoWordAndAWrongMethodIsInTheEnvelopeToo() {
        Answer nowhere = api.send("/v3/nowhere", "", ANN, headers());
        isError(nowhere, 404, "");
        assertThat(nowhere.json().has("status")).isFalse();
        assertThat(api.send("/v3/nowhere", "", ANN, headers("Accept", "application/xml")).body())
                .startsWith("<?xml").contains("<result>", "<httpStatusCode>404</httpStatusCode>");
    }

    @Test
    void theAnswerComesInTheFormThatIsAcceptedElseInTheBodysOwn() {
        String xml = "<operation><customer><ids><crm>1</crm></ids></customer></operation>";
        Answer own = api.send(IMPORT, xml.getBytes(StandardCharsets.UTF_8), headers("Content-Type", "application/xml"));
        assertThat(own.response().headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(own.body()).contains("<result><status>Success</status><customer><processingStatus>");
        Answer asked = api.send(IMPORT, xml.getBytes(StandardCharsets.UTF_8),
                headers("Content-Type", "text/xml; charset=utf-8", "Accept", "application/json"));
        assertThat(asked.word()).isEqualTo("Success");
        assertThat(api.send(IMPORT, ANN, headers("Accept", "application/xml, */*")).body()).startsWith("<?xml");
        assertThat(api.send(IMPORT, ANN, headers("Accept", "*/*")).word()).isEqualTo("Success");
    }

    @Test
    void otherTypesAndCharacterSetsAreRefused() {
        isError(api.send(IMPORT, ANN, headers("Content-Type", "text/plain")), 415, "ProtocolError");
        isError(api.send(IMPORT, ANN, headers("Content-Type", "")), 415, "ProtocolError");
        isError(api.send(IMPORT, ANN, headers("Content-Type", "application/json; charset=windows-1251")), 415,
                "ProtocolError");
        byte[] cyrillic = "{\"customer\":{\"ids\":{\"crm\":\"1\"},\"firstName\":\"Анна\"}}"
                .getBytes(Charset.forName("windows-1251"));
        isError(api.send(IMPORT, cyrillic, headers()), 400, "ProtocolError");
        isError(api.send(IMPORT, new String(ANN, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16),
                headers()), 400, "ProtocolError");
    }

    @Test
    void validationErrorsAreListedInBothForms() {
        Answer json = api.call("Register", "{'customer':{'email':'nonsense','ids':{'crm':'9'}}}");
        assertThat(json.status()).isEqualTo(200);
        assertThat(json.word()).isEqualTo("ValidationError");
        assertThat(json.json().path("validationMessages").get(0).path("location").asString())
                .isEqualTo("/customer/email");
        Answer xml = api.send("?endpointId=website&operation=Register",
                "<operation><customer><email>nonsense</email></customer></operation>".getBytes(StandardCharsets.UTF_8),
                headers("Content-Type", "application/xml"));
        assertThat(xml.body()).contains("<status>ValidationError</status>",
                "<validationMessages><validationMessage><message>", "<location>/customer/email</location>");
    }

    @Test
    void aTransactionIsCarriedOutOnce() {
        String query = IMPORT + "&transactionId=" + UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        assertThat(api.send(query, ANN, headers()).word()).isEqualTo("Success");
        Answer again = api.send(query, ANN, headers());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.word()).isEqualTo("TransactionAlreadyProcessed");
    }

    @Test
    void aPageOfAListedSiteMayCallWhatIsPublicAndIsToldNothingOfCustomers() {
        Answer listed = api.send("?endpointId=website&operation=Public.SignUp", ANN,
                headers("Authorization", "", "Origin", Endpoint.SITE));
        assertThat(listed.word()).isEqualTo("Success");
        assertThat(listed.json().has("customer")).isFalse();
        assertThat(listed.response().headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @ParameterizedTest
    @CsvSource({"Public.SignUp, http://elsewhere.test", "Public.SignUp, ''", "Import, http://localhost:9000",
        "Public.Import, http://localhost:9000", "Public.Get, http://localhost:9000"})
    void otherSitesAndOtherOperationsAreNotOpenToPages(String operation, String origin) {
        isError(api.send("?endpointId=website&operation=" + operation, ANN,
                headers("Authorization", "", "Origin", origin)), 401, "ProtocolError");
    }
}
