package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\u007f", "a\u010Ab", "é"})
    void aHeaderCannotBeInjected(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.noContent().header("X-Value", value));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.noContent().header(value, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.redirect(303, value));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.stream(value, _ -> { }));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.noContent().withContentType(value));
    }

    @Test
    void aHeaderReplacesTheEarlierOneButCookiesAdd() {
        Reply reply = Reply.noContent().header("X-A", "1").header("x-a", "2")
                .header("Set-Cookie", "a=1").header("Set-Cookie", "b=2");
        assertThat(reply.header("X-A")).hasValue("2");
        assertThat(reply.headers()).hasSize(3);
    }

    @Test
    void everyHeaderOfAReplyIsSent() {
        try (var server = TestServer.of(List.of(Route.get("/go", "public", "Redirects",
                _ -> Reply.redirect(303, "/there?x=1").header("Set-Cookie", "a=1")
                        .header("Set-Cookie", "b=2"))))) {
            var answer = server.get("/go");
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("location")).hasValue("/there?x=1");
            assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
        }
    }

    @Test
    void aProblemIsADocumentOfRfc9457() {
        Reply reply = new ProblemException(Problem.MISSING_FIELD, "The address is missing.", "contact.email")
                .with("limit", 3).toReply();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.contentType()).hasValue("application/problem+json");
        assertThat(new String(reply.body())).isEqualTo("{\"type\":\"/docs/problems#missing_field\","
                + "\"title\":\"A field is missing\",\"status\":400,\"code\":\"missing_field\","
                + "\"detail\":\"The address is missing.\",\"field\":\"contact.email\",\"limit\":3}");
    }

    @Test
    void theHeadersOfAProblemAreSent() {
        try (var server = TestServer.of(List.of(Route.get("/busy", "public", "Busy", _ -> {
            throw new ProblemException(Problem.BUSY, "Later.").withHeader("Retry-After", "7");
        })))) {
            var answer = server.get("/busy");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
        }
    }

    @Test
    void codesAreUniqueAndOfAStatusThatFitsWhoMustAct() {
        var codes = Arrays.stream(Problem.values()).map(Problem::code).toList();
        assertThat(new HashSet<>(codes)).hasSameSizeAs(codes).allMatch(code -> code.matches("[a-z0-9_]+"));
        assertThat(Problem.values()).allMatch(p -> (p.status() < 500) == (p.actor() == Problem.Actor.CALLER));
    }
}
