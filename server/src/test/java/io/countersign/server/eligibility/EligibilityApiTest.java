package io.countersign.server.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class EligibilityApiTest {
    private static Api api;

    /** For each status a primary holder, and somebody who claims another person's address. */
    @BeforeAll
    static void start() {
        api = new Api();
        for (String status : List.of("no_data", "requires_confirmation", "subscribed", "unsubscribed")) {
            create("primary-" + status + "@example.org", status);
            create("claimed-" + status + "@example.org", "no_data");
            create("claimed-" + status + "@example.org", status);
            // The holder leaves; the claim stays.
            String holder = api.get("/v1/customers?email=claimed-" + status + "@example.org").json()
                    .at("/customers/0/id").stringValue();
            assertThat(api.send(Api.OWNER, "DELETE", "/v1/customers/" + holder).status())
                    .isEqualTo(204);
        }
    }

    private static void create(String email, String status) {
        var answer = api.post("/v1/customers", """
                {"contacts":{"email":"%s"},"subscriptions":[{"brand":"shop","channel":"email","status":"%s"}]}"""
                .formatted(email, status));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            primary | no_data               | standard      | not_subscribed
            primary | no_data               | opt_in        | not_awaiting_confirmation
            primary | no_data               | transactional |
            primary | requires_confirmation | standard      | requires_confirmation
            primary | requires_confirmation | opt_in        |
            primary | requires_confirmation | transactional |
            primary | subscribed            | standard      |
            primary | subscribed            | opt_in        | not_awaiting_confirmation
            primary | subscribed            | transactional |
            primary | unsubscribed          | standard      | unsubscribed
            primary | unsubscribed          | opt_in        | not_awaiting_confirmation
            primary | unsubscribed          | transactional |
            claimed | no_data               | standard      | non_primary not_subscribed
            claimed | no_data               | opt_in        | non_primary not_awaiting_confirmation
            claimed | no_data               | transactional |
            claimed | requires_confirmation | standard      | non_primary requires_confirmation
            claimed | requires_confirmation | opt_in        | non_primary
            claimed | requires_confirmation | transactional |
            claimed | subscribed            | standard      | non_primary
            claimed | subscribed            | opt_in        | non_primary not_awaiting_confirmation
            claimed | subscribed            | transactional |
            claimed | unsubscribed          | standard      | non_primary unsubscribed
            claimed | unsubscribed          | opt_in        | non_primary not_awaiting_confirmation
            claimed | unsubscribed          | transactional |
            nobody  | no_data               | standard      | unknown_contact not_subscribed
            nobody  | no_data               | opt_in        | unknown_contact not_awaiting_confirmation
            nobody  | no_data               | transactional | unknown_contact
            """)
    void everyKindStatusAndSlotHasItsReasons(String slot, String status, String kind, String reasons) {
        var answer = api.get("/v1/eligibility?project=acme&brand=shop&channel=email&kind=" + kind + "&email="
                + slot
                + "-" + status + "@example.org");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("reasons").valueStream().map(node -> node.stringValue()))
                .containsExactly(reasons == null ? new String[0] : reasons.split(" "));
        assertThat(answer.json().path("eligible").booleanValue()).isEqualTo(reasons == null);
        assertThat(answer.text("subscription")).isEqualTo(status);
        assertThat(answer.json().path("explanations").size()).isEqualTo(answer.json().path("reasons").size());
    }

    @Test
    void theAnswerHasItsShape() {
        var answer = api.get("/v1/eligibility?brand=shop&email=primary-requires_confirmation@example.org&topic=news");
        String contact = answer.json().at("/contact/id").stringValue();
        String customer = answer.text("customer");
        assertThat(answer.response().body()).isEqualTo("""
                {"eligible":false,"reasons":["requires_confirmation"],"kind":"standard","profile":"standard",\
                "checks":{"subscription":true,"validity":true,"frequency":true,"awaiting":false},"project":"acme",\
                "brand":"shop","channel":"email","topic":"news","at":null,"contact":{"id":"%s","type":"email",\
                "value":"primary-requires_confirmation@example.org","slot":"primary","verification":"pending",\
                "verified_at":null,"valid":true,"suppressed":false},"customer":"%s","verification":"pending",\
                "subscription":"requires_confirmation","channel_subscription":"requires_confirmation",\
                "explanations":["The subscription awaits its confirmation."]}""".formatted(contact, customer));
        assertThat(contact).matches("ctp_[0-9]+");
        assertThat(customer).matches("cus_[0-9A-Z]{26}");
        var nobody = api.get("/v1/eligibility?brand=shop&phone=%2B4915112345678");
        assertThat(nobody.response().body())
                .contains("\"channel\":\"sms\"", "\"topic\":null", "\"contact\":null",
                "\"customer\":null", "\"verification\":\"no_data\"", "\"subscription\":\"no_data\"");
    }

    @Test
    void anIntegrationsBrandIsTheDefault() {
        String path = "/v1/eligibility?email=primary-subscribed@example.org";
        assertThat(api.send(Api.KEY, "GET", path).json().path("eligible").booleanValue()).isTrue();
        assertThat(api.get(path).code()).isEqualTo("missing_field");
    }

    @Test
    void theOnlyBrandOfAProjectIsTheDefaultOfItsOperators() {
        var answer = api.send(Api.OTHER_OWNER, "GET", "/v1/eligibility?email=ann@example.org");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("brand")).isEqualTo("shop");
    }

    @Test
    void aPhoneAndACustomerAreNamedAlikeInAQueryAndInABody() {
        String path = "/v1/eligibility";
        JsonNode byPhone = api.get(path + "?brand=shop&phone=%2B4915112345678").json();
        assertThat(api.get(path + "?brand=shop&mobile=%2B4915112345678").json()).isEqualTo(byPhone);
        for (String name : List.of("phone", "mobile")) {
            assertThat(api.post(path, "{\"brand\":\"shop\",\"contacts\":[{\"" + name + "\":\"+4915112345678\"}]}")
                    .json().path("results").get(0)).isEqualTo(byPhone);
        }
        JsonNode byEmail = api.get(path + "?brand=shop&email=primary-subscribed@example.org").json();
        String customer = byEmail.path("customer").asString();
        assertThat(api.get(path + "?brand=shop&customer=" + customer).json()).isEqualTo(byEmail);
    }

    @Test
    void suppressionComesFirst() {
        var made = api.post("/v1/suppressions",
                "{\"type\":\"email\",\"value\":\"Lost@Example.org\",\"reason\":\"complaint\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(api.get("/v1/eligibility?brand=shop&kind=transactional&email=lost@example.org").json()
                .path("reasons").toString()).isEqualTo("[\"unknown_contact\",\"complaint\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            brand=shop                                          | 400 | missing_field | email
            email=a@example.org                                 | 400 | missing_field | brand
            brand=shop&email=a@example.org&phone=%2B4915112345678 | 400 | invalid_value | phone
            brand=shop&mobile=%2B491&phone=%2B4915112345678     | 400 | invalid_value | mobile
            brand=shop&customer=ann                             | 400 | invalid_value | customer
            brand=shop&customer=cus_x&email=a@example.org       | 400 | invalid_value | email
            brand=shop&email=nobody                             | 400 | invalid_value | email
            brand=shop&email=a%20b@example.org                  | 400 | invalid_value | email
            brand=shop&phone=1                                  | 400 | invalid_value | phone
            brand=shop&email=a@example.org&channel=sms          | 400 | invalid_value | channel
            brand=shop&phone=%2B4915112345678&channel=email     | 400 | invalid_value | channel
            brand=shop&email=a@example.org&channel=pigeon       | 400 | invalid_value | channel
            brand=shop&email=a@example.org&channel=EMAIL        | 400 | invalid_value | channel
            brand=shop&email=a@example.org&kind=marketing       | 400 | invalid_value | kind
            brand=shop&email=a@example.org&kin=standard         | 400 | unknown_field | kin
            brand=shop&email=a@example.org&email=b@example.org  | 400 | invalid_value | email
            brand=nothing&email=a@example.org                   | 404 | not_found     | brand
            brand=strict&topic=news&email=a@example.org         | 404 | not_found     | topic
            project=other&brand=shop&email=a@example.org        | 404 | not_found     | project
            project=nothing&brand=shop&email=a@example.org      | 404 | not_found     | project
            brand=shop&email=%C3%28                             | 400 | malformed_utf8 |
            """)
    void whatIsWrongIsNamed(String query, int status, String code, String field) {
        var answer = api.get("/v1/eligibility?" + query);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.field()).isEqualTo(field == null ? "" : field);
    }

    @Test
    void onlyKnownCallersAreAnswered() {
        String path = "/v1/eligibility?brand=shop&email=primary-subscribed@example.org";
        var nobody = api.send(null, "GET", path);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("WWW-Authenticate")).hasValue("Bearer");
        assertThat(api.send("cs_test_wrong", "GET", path).status()).isEqualTo(401);
        assertThat(api.send(Api.VIEWER, "GET", path).status()).isEqualTo(200);
        // The other project has a brand of the same name, and knows nobody.
        assertThat(api.send(Api.OTHER_KEY, "GET", path).json().path("contact").isNull()).isTrue();
    }

    @Test
    void aPlusThatWasNotEscapedIsAPlus() {
        assertThat(api.get("/v1/eligibility?brand=shop&phone=+4915112345678").status()).isEqualTo(200);
        assertThat(api.get("/v1/eligibility?brand=shop&phone=015112345678").status()).isEqualTo(200);
    }

    @Test
    void manyAreAnsweredInTheirOrderEachAsIfAskedAlone() {
        String ann = api.get("/v1/eligibility?brand=shop&email=primary-subscribed@example.org").text("customer");
        var answer = api.post("/v1/eligibility", """
                {"brand":"shop","topic":"news","kind":"opt_in","contacts":[{"email":"nobody@example.org"},
                {"mobile":"+4915112345678"},{"customer":"%s"},{"email":"primary-subscribed@example.org"},
                {"email":"nobody@example.org"}]}""".formatted(ann));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        String query = "/v1/eligibility?brand=shop&topic=news&kind=opt_in&";
        String nobody = api.get(query + "email=nobody@example.org").response().body();
        String subscribed = api.get(query + "email=primary-subscribed@example.org").response().body();
        assertThat(answer.response().body()).isEqualTo("{\"results\":[" + String.join(",", nobody,
                api.get(query + "phone=%2B4915112345678").response().body(), subscribed, subscribed, nobody) + "]}");
    }

    @Test
    void tenThousandAreAnsweredAtOnceAndNoMore() {
        String contacts = IntStream.range(0, 10_000).mapToObj(i -> "{\"email\":\"n%d@example.org\"}".formatted(i))
                .collect(Collectors.joining(","));
        var answer = api.post("/v1/eligibility", "{\"brand\":\"shop\",\"contacts\":[" + contacts + "]}");
        assertThat(answer.json().path("results").size()).isEqualTo(10_000);
        var more = api.post("/v1/eligibility",
                "{\"brand\":\"shop\",\"contacts\":[" + contacts + ",{\"email\":\"a@example.org\"}]}");
        assertThat(more.code() + " " + more.field()).isEqualTo("invalid_value contacts");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"brand":"shop"}                                                  | missing_field | contacts
            {"brand":"shop","contacts":[]}                                    | missing_field | contacts
            {"brand":"shop","contacts":[{}]}                                  | invalid_value | contacts[0].email
            {"brand":"shop","contacts":[{"email":"a@b.de","mobile":"+1"}]}    | invalid_value | contacts[0].email
            {"brand":"shop","contacts":[{"email":"a@b.de"},{"email":"x"}]}    | invalid_value | contacts[1].email
            {"brand":"shop","contacts":[{"customer":"x"}]}                    | invalid_value | contacts[0].customer
            {"brand":"shop","contacts":[{"fax":"+4915112345678"}]}            | unknown_field | contacts[0].fax
            {"brand":"shop","contacts":[{"phone":"+491","mobile":"+491"}]}    | invalid_value | contacts[0].email
            {"brand":"shop","contacts":[{"email":"a@b.de"}],"channel":"sms"}  | invalid_value | channel
            {"brand":"shop","contacts":[{"email":"a@b.de"}],"profile":"no"}   | not_found     | profile
            {"brand":"shop","contacts":[{"email":"a@b.de"}],"at":"yesterday"} | invalid_value | at
            {"brand":"shop","contacts":[{"email":"a@b.de"}],"at":"2099-01-01T00:00:00Z"} | invalid_value | at
            {"brand":"shop","contacts":[{"email":"a@b.de"}],"at":"-100000-01-01T00:00:00Z"} | invalid_value | at
            {"contacts":[{"email":"a@b.de"}],"brand":"shop","profile":"x","kind":"opt_in"} | invalid_value | profile
            """)
    void whatIsWrongInABodyIsNamed(String body, String code, String field) {
        var answer = api.post("/v1/eligibility", body);
        assertThat(answer.code() + " " + answer.field()).isEqualTo(code + " " + field);
    }

    @Test
    void aProfileOfTheProjectsOwnHasItsOwnChecks() {
        api.update("""
                insert into sending_profiles (project_id, slug, name, subscription, validity, frequency, awaiting,
                                              changed_at)
                values (?, 'anybody', 'Anybody', false, true, false, false, ?)""",
                api.project.value(), api.node.clock.instant());
        var answer = api.get("/v1/eligibility?brand=shop&profile=anybody&email=primary-unsubscribed@example.org");
        assertThat(answer.json().path("eligible").booleanValue()).isTrue();
        assertThat(answer.json().path("checks").toString()).isEqualTo(
                "{\"subscription\":false,\"validity\":true,\"frequency\":false,\"awaiting\":false}");
        assertThat(answer.json().path("kind").isNull()).isTrue();
        assertThat(api.send(Api.OTHER_KEY, "GET", "/v1/eligibility?profile=anybody&email=a@example.org").code())
                .isEqualTo("not_found");
    }

    @Test
    void pushIsNotDelivered() {
        assertThat(api.get("/v1/eligibility?brand=shop&channel=web_push&kind=transactional"
                + "&email=primary-subscribed@example.org").json().path("reasons").toString())
                .isEqualTo("[\"channel_not_delivered\"]");
    }
}
