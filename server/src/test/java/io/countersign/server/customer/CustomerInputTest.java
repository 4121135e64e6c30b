package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that can be wrong with a request has its code, and the field that is meant. */
final class CustomerInputTest {
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            email=a@example.org&phone=%2B4915112345678 | invalid_value |
            email=a@example.org&id=cus_1               | invalid_value |
            email=nobody                               | invalid_value | email
            phone=1                                    | invalid_value | phone
            id=cus_1                                   | invalid_value | id
            external=crm                               | invalid_value | external
            external=:42                               | invalid_value | external
            external=crm:                              | invalid_value | external
            limit=0                                    | invalid_value | limit
            limit=201                                  | invalid_value | limit
            limit=ten                                  | invalid_value | limit
            cursor=x                                   | invalid_value | cursor
            cursor=MDAwMC0wMS0wMVQwMDowMDowMFogMS0xLTEtMS0x | invalid_value | cursor
            cursor=!                                   | invalid_value | cursor
            nam=ann                                    | unknown_field | nam
            """)
    void whatIsWrongWithAQueryIsNamed(String query, String code, String field) {
        wrong(api.get("/v1/customers?" + query), code, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"contacts":{"email":"nobody"}}                                         | invalid_value | contacts.email
            {"contacts":{"email":"a@blocked.test"}}                                 | contact_blocked | contacts.email
            {"contacts":{"mobile":"1"}}                                             | invalid_value | contacts.mobile
            {"contacts":{"phone":"12"}}                                             | unknown_field | contacts.phone
            {"contacts":["a@example.org"]}                                          | invalid_value | contacts
            {"contacts":{"email":7}}                                                | invalid_value | contacts.email
            {"firstName":"Ann"}                                                     | unknown_field | firstName
            {"first_name":7}                                                        | invalid_value | first_name
            {"first_name":"a\\nb"}                                                  | invalid_value | first_name
            {"source":"elsewhere"}                                                  | invalid_value | source
            {"fields":{"a":{"b":1}}}                                                | invalid_value | fields.a
            {"fields":{"a":[1]}}                                                    | invalid_value | fields.a
            {"fields":{"a":1e300}}                                                  | invalid_value | fields.a
            {"fields":{" ":1}}                                                      | invalid_value | fields.
            {"external_ids":{"crm":""}}                                             | missing_field | external_ids.crm
            {"external_ids":{"crm":42}}                                             | invalid_value | external_ids.crm
            {"external_ids":{"a:b":"42"}}                                           | invalid_value | external_ids.a:b
            {"subscriptions":{}}                                                    | invalid_value | subscriptions
            {"subscriptions":[7]}                                                   | invalid_value | subscriptions
            {"subscriptions":[{"status":"subscribed"}]}                             | missing_field | subscriptions[0].brand
            {"subscriptions":[{"brand":"shop"}]}                                    | missing_field | subscriptions[0].status
            {"subscriptions":[{"brand":"x","status":"subscribed"}]}                 | invalid_value | subscriptions[0].brand
            {"subscriptions":[{"brand":"shop","status":"maybe"}]}                   | invalid_value | subscriptions[0].status
            {"subscriptions":[{"brand":"shop","channel":"fax","status":"subscribed"}]} | invalid_value | subscriptions[0].channel
            {"subscriptions":[{"brand":"shop","channel":"email","topic":"x","status":"subscribed"}]} | invalid_value | subscriptions[0].topic
            {"subscriptions":[{"brand":"shop","topic":"news","status":"subscribed"}]}  | missing_field | subscriptions[0].channel
            {"subscriptions":[{"brand":"shop","status":"subscribed","when":"now"}]} | unknown_field | subscriptions[0].when
            {                                                                       | malformed_json |
            [[]]                                                                    | malformed_json |
            """)
    void whatIsWrongWithABodyIsNamedAndNothingIsDone(String body, String code, String field) {
        wrong(api.post("/v1/customers", body), code, field);
        assertThat(api.count("select count(*) from customers")).isZero();
    }

    private static void wrong(Answer answer, String code, String field) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.field().strip()).isEqualTo(field == null ? "" : field);
    }
}
