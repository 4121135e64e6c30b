package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingTest {

    @Test
    void aFormKeepsTheFirstAndAllValuesInOrder() {
        Form form = form("topic=a&email=x%40example.com&topic=b+c&empty=&bare&&n=%C3%A9%2B");
        assertThat(form.first("topic")).hasValue("a");
        assertThat(form.all("topic")).containsExactly("a", "b c");
        assertThat(form.first("email")).hasValue("x@example.com");
        assertThat(form.first("empty")).hasValue("");
        assertThat(form.first("bare")).hasValue("");
        assertThat(form.first("n")).hasValue("é+");
        assertThat(form.first("none")).isEmpty();
        assertThat(form.names()).containsExactly("topic", "email", "empty", "bare", "n");
    }

    @ParameterizedTest
    @ValueSource(strings =
            {"a=%", "a=%4", "a=%zz", "a=%-1", "a=%+4", "%=1", "a=%00", "a=\0", "a=\u00e9\u4e00"})
    void aBrokenFormIsRefused(String text) {
        assertProblem(() -> form(text), Problem.MALFORMED_FORM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%ff", "a=%C3", "a=%C0%AF", "a=%ED%A0%80", "a=%F4%90%80%80"})
    void aFormThatIsNotUtf8IsRefused(String text) {
        assertProblem(() -> form(text), Problem.MALFORMED_UTF8);
    }

    @Test
    void tooManyFieldsAreRefused() {
        assertThat(form("a&".repeat(10)).all("a")).hasSize(10);
        assertProblem(() -> form("a&".repeat(11)), Problem.MALFORMED_FORM);
    }

    @Test
    void jsonIsReadAndWrittenAsItIs() {
        String text = "{\"Some_Name\":[1,2.5,null,true,\"\\u00e9\uD83D\uDE00\"],\"n\":{}}";
        assertThat(Json.writeText(Json.parse(text))).isEqualTo(text.replace("\\u00e9", "é"));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", Instant.parse("2026-01-02T03:04:05.600Z"));
        map.put("a", Json.object().put("x", 1L));
        assertThat(Json.writeText(map)).isEqualTo("{\"z\":\"2026-01-02T03:04:05.600Z\",\"a\":{\"x\":1}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "{", "{\"a\":1}}", "{\"a\":1} x", "{a:1}", "{'a':1}", "[1,]", "{\"a\":1,}", "01", "+1",
        "NaN", "Infinity", "1e999", "-1e999", "[1e400]", "// c\n1", "{\"a\":1,\"a\":2}",
        "{\"b\":{\"a\":1,\"a\":1}}", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "{\"\\u0000\":1}", "\"a\nb\"", "\"\\x\"", "\uFEFF{}", "tru"})
    void brokenJsonIsRefused(String text) {
        assertProblem(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)), Problem.MALFORMED_JSON);
    }

    @Test
    void jsonBeyondALimitIsRefused() {
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
        assertProblem(() -> Json.parse("[".repeat(65) + "]".repeat(65)), Problem.MALFORMED_JSON);
        assertProblem(() -> Json.parse("[".repeat(1_000_000)), Problem.MALFORMED_JSON);
        assertProblem(() -> Json.parse("1".repeat(65)), Problem.MALFORMED_JSON);
        assertProblem(() -> Json.parse("\"" + "a".repeat(Json.MAX_STRING + 1) + "\""),
                Problem.MALFORMED_JSON);
        assertProblem(() -> Json.parse("{\"" + "a".repeat(200_000) + "\":1}"), Problem.MALFORMED_JSON);
    }

    @Test
    void jsonInAnotherEncodingIsRefused() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)))
                .isInstanceOf(ProblemException.class);
        assertProblem(() -> Json.parse("\"é\"".getBytes(StandardCharsets.ISO_8859_1)),
                Problem.MALFORMED_UTF8);
        assertProblem(() -> Json.parse(new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}),
                Problem.MALFORMED_UTF8);
    }

    @Test
    void theRefusalOfJsonSaysWhereButRepeatsNothing() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": secret}")).hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"a\"", "1", "null"})
    void whereAnObjectIsExpectedAnythingElseIsRefused(String text) {
        assertProblem(() -> Json.parseObject(text.getBytes(StandardCharsets.UTF_8)), Problem.MALFORMED_JSON);
    }

    private static Form form(String text) {
        return Form.parse(text, 10, Problem.MALFORMED_FORM);
    }

    private static void assertProblem(Runnable parsing, Problem problem) {
        assertThatThrownBy(parsing::run).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
