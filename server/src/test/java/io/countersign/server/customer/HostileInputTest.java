package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody well-meaning sends: it is refused, or kept as the plain text it is. */
final class HostileInputTest {
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void sqlAndHtmlAreText() {
        for (String text : List.of("'; drop table customers; --", "<script>alert(1)</script>", "\\\\",
                "${7*7}", "{a,b}", "%s%n", "\u202Eevil")) {
            String json = text.replace("\\", "\\\\");
            var answer = api.post("/v1/customers", "{\"first_name\":\"" + json + "\",\"fields\":{\"" + json
                    + "\":\""
                    + json + "\"},\"external_ids\":{\"x\":\"" + json + "\"}}");
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
            assertThat(answer.text("first_name")).isEqualTo(text);
            assertThat(answer.json().path("fields").path(text).stringValue()).isEqualTo(text);
            assertThat(answer.json().at("/external_ids/x").stringValue()).isEqualTo(text);
            assertThat(answer.header("Content-Type")).hasValue("application/json");
        }
        assertThat(api.get("/v1/customers?external=x:%27%20or%201%3D1%20--").json().path("customers").size())
                .isZero();
    }

    @Test
    void whatIsTooLargeOrBrokenLeavesNothingBehind() {
        long before = api.count("select count(*) from customers");
        String fields = "{\"external_ids\":{\"y\":\"1\"},\"fields\":{";
        assertThat(post("{\"first_name\":\"" + "x".repeat(1 << 20) + "\"}")).isEqualTo(413);
        assertThat(post("{\"first_name\":\"" + "x".repeat(201) + "\"}")).isEqualTo(400);
        assertThat(post(fields + "\"a\":\"" + "x".repeat(501) + "\"}}")).isEqualTo(400);
        assertThat(post(fields + many(101) + "}}")).isEqualTo(400);
        assertThat(post("[".repeat(10_000))).isEqualTo(400);
        assertThat(post("{\"fields\":" + "{\"a\":".repeat(1000) + "1" + "}".repeat(1001))).isEqualTo(400);
        assertThat(post("{\"external_ids\":{\"y\":\"a\\u0000b\"}}")).isEqualTo(400);
        assertThat(post("{\"external_ids\":{\"y\":\"\\ud800\"}}")).isEqualTo(400);
        assertThat(post("{\"external_ids\":{\"y\":\"1\"},\"external_ids\":{\"y\":\"2\"}}")).isEqualTo(400);
        assertThat(post(fields + "\"a\":1" + "0".repeat(70) + "}}")).isEqualTo(400);
        assertThat(post(fields + "\"a\":1" + "0".repeat(40) + "}}")).isEqualTo(400);
        assertThat(post(fields + "\"a\":1e-300}}")).isEqualTo(400);
        assertThat(api.sendBytes(Api.OWNER, "POST", "/v1/customers",
                "{\"first_name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)).code())
                .isEqualTo("malformed_utf8");
        assertThat(api.count("select count(*) from customers")).isEqualTo(before);
    }

    @Test
    void fieldsDoNotGrowWithoutEnd() {
        String id = api.post("/v1/customers", "{\"external_ids\":{\"z\":\"1\"},\"fields\":{" + many(100)
                + "}}")
                .text("id");
        assertThat(api.patch("/v1/customers/" + id, "{\"fields\":{\"f1\":2}}").status()).isEqualTo(200);
        assertThat(api.patch("/v1/customers/" + id, "{\"fields\":{\"one_more\":1}}").field())
                .isEqualTo("fields");
        assertThat(api.get("/v1/customers/" + id).json().path("fields").size()).isEqualTo(100);
    }

    @Test
    void aNumberStaysReadable() {
        String id = api.post("/v1/customers", "{\"external_ids\":{\"n\":\"1\"},\"fields\":{\"a\":1.0E+19,"
                + "\"b\":123456789012345678901234567890,\"c\":1e-7}}").text("id");
        assertThat(api.patch("/v1/customers/" + id, "{\"first_name\":\"N\"}").json().path("fields")
                .toString())
                .isEqualTo("{\"a\":10000000000000000000,\"b\":123456789012345678901234567890,\"c\":1.0E-7}");
    }

    private static int post(String body) {
        return api.post("/v1/customers", body).status();
    }

    private static String many(int count) {
        var fields = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            fields.append(i > 1 ? "," : "").append("\"f").append(i).append("\":1");
        }
        return fields.toString();
    }
}
