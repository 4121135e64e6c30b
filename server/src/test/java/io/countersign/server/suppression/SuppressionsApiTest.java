package io.countersign.server.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuppressionsApiTest {
    private static final String ANN =
            "{\"type\":\"email\",\"value\":\"Ann@Example.org\",\"reason\":\"manual\"}";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aContactIsSuppressedOnceForAReason() {
        var first = api.post("/v1/suppressions", ANN);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.response().body()).isEqualTo("""
                {"id":"%s","type":"email","value":"ann@example.org","reason":"manual",\
                "actor":"operator:owner@acme.test","created_at":"2026-01-02T03:04:05Z","lifted_at":null,\
                "lifted_by":null}""".formatted(first.text("id")));
        var again = api.send(Api.KEY, "POST", "/v1/suppressions", ANN);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(api.post("/v1/suppressions", ANN.replace("manual", "complaint")).status()).isEqualTo(201);
        assertThat(api.get("/v1/suppressions?email=ann@example.org").json().path("suppressions").size())
                .isEqualTo(2);
    }

    @Test
    void liftingKeepsTheRow() {
        String id = api.post("/v1/suppressions", ANN).text("id");
        assertThat(api.send(Api.OTHER_OWNER, "DELETE", "/v1/suppressions/" + id).status())
                .isEqualTo(404);
        assertThat(api.send(Api.VIEWER, "DELETE", "/v1/suppressions/" + id).status()).isEqualTo(403);
        assertThat(api.get("/v1/suppressions?email=ann@example.org").json().path("suppressions").size())
                .isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            assertThat(api.send(Api.OWNER, "DELETE", "/v1/suppressions/" + id).status())
                    .isEqualTo(204);
        }
        assertThat(api.get("/v1/suppressions?email=ann@example.org").json().path("suppressions").size())
                .isZero();
        assertThat(api.count("select count(*) from suppressions where lifted_by = 'operator:owner@acme.test'")).isOne();
        assertThat(api.post("/v1/suppressions", ANN).status()).isEqualTo(201);
    }

    @Test
    void anotherProjectSeesNothing() {
        api.post("/v1/suppressions", ANN);
        assertThat(api.send(Api.OTHER_KEY, "GET", "/v1/suppressions?email=ann@example.org").json()
                .path("suppressions").size()).isZero();
    }

    @Test
    void allLiveOnesAreListedTheNewestFirst() {
        for (String email : List.of("a", "b", "c")) {
            api.post("/v1/suppressions", ANN.replace("Ann", email));
        }
        api.post("/v1/suppressions", ANN.replace("manual", "complaint"));
        String phone = api.post("/v1/suppressions",
                "{\"type\":\"mobile\",\"value\":\"+4915112345678\",\"reason\":\"manual\"}").text("id");
        api.send(Api.OTHER_KEY, "POST", "/v1/suppressions", ANN);
        assertThat(listed("")).isEqualTo("+4915112345678 ann@example.org c@example.org b@example.org a@example.org ");
        assertThat(listed("&type=mobile")).isEqualTo("+4915112345678 ");
        assertThat(listed("&mobile=%2B4915112345678")).isEqualTo("+4915112345678 ");
        assertThat(listed("&reason=manual&type=email")).isEqualTo("c@example.org b@example.org a@example.org ");
        assertThat(listed("&email=ann@example.org&reason=manual")).isEmpty();
        api.delete("/v1/suppressions/" + phone);
        assertThat(listed("&type=mobile")).isEmpty();
        assertThat(api.get("/v1/suppressions?reason=mood").field()).isEqualTo("reason");
        assertThat(api.get("/v1/suppressions?type=fax").field()).isEqualTo("type");
        assertThat(api.get("/v1/suppressions?cursor=x").field()).isEqualTo("cursor");
    }

    /** The values of all pages of two. */
    private String listed(String filter) {
        var values = new StringBuilder();
        String next = "";
        do {
            var page = api.get("/v1/suppressions?limit=2" + filter + next).json();
            page.path("suppressions").forEach(one -> values.append(one.path("value").asString()).append(' '));
            next = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());
        return values.toString();
    }

    @Test
    void aTimeIsAsExactInTheFirstAnswerAsInTheNext() {
        api.node.clock.set(Instant.parse("2026-01-02T03:04:05.123456789Z"));
        var made = api.post("/v1/suppressions", ANN);
        assertThat(made.text("created_at")).isEqualTo("2026-01-02T03:04:05.123456Z");
        assertThat(api.get("/v1/suppressions").json().path("suppressions").get(0)).isEqualTo(made.json());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"value":"a@example.org","reason":"manual"}                        | missing_field | type
            {"type":"email","reason":"manual"}                                 | missing_field | value
            {"type":"email","value":"a@example.org"}                           | missing_field | reason
            {"type":"fax","value":"a@example.org","reason":"manual"}           | invalid_value | type
            {"type":"email","value":"a","reason":"manual"}                     | invalid_value | value
            {"type":"mobile","value":"a@example.org","reason":"manual"}        | invalid_value | value
            {"type":"email","value":"a@example.org","reason":"mood"}           | invalid_value | reason
            {"type":"email","value":["a@example.org"],"reason":"manual"}       | invalid_value | value
            {"type":"email","value":"a@example.org","reason":"manual","x":1}   | unknown_field | x
            []                                                                 | malformed_json |
            """)
    void whatIsWrongIsNamed(String body, String code, String field) {
        var answer = api.post("/v1/suppressions", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.field()).isEqualTo(field == null ? "" : field);
    }
}
