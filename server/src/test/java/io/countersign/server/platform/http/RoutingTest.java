package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private static final ErrorRenderer DIALECT = (_, problem) -> Reply.json(problem.problem().status(),
            Map.of("success", false, "message", problem.detail()));

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(new Site(List.of(
                Route.get("/hello", "public", "Greets", _ -> Reply.text("hello")),
                Route.post("/hello", "public", "Greets more",
                        request -> Reply.text(request.form().first("n").get())),
                Route.get("/v1/customers/{id}", "key", "One customer",
                        request -> Reply.json(Map.of("id", request.pathParam("id")))),
                Route.get("/v1/customers/search", "key", "Literal first", _ -> Reply.text("search")),
                Route.get("/v1/customers/{customer}/points/{point}", "key", "Two parameters",
                        request -> Reply.text(request.pathParam("customer") + "|"
                                + request.pathParam("point"))),
                Route.get("/assets/{file*}", "public", "Assets",
                        request -> Reply.text(request.pathParam("file"))),
                Route.get("/page", "public", "A page", _ -> Reply.html("<p>hi</p>")),
                Route.get("/stream", "public", "A stream",
                        _ -> Reply.stream("text/plain", out -> out.write("abc".getBytes()))),
                Route.post("/form", "public", "A form", _ -> {
                    throw new ProblemException(Problem.INVALID_VALUE, "Not an address.", "email");
                }).withErrors(DIALECT).withCors(),
                Route.get("/fault", "public", "Breaks", _ -> {
                    throw new IllegalStateException("secret 123");
                })), Map.of("/api/", DIALECT), RequestObserver.NONE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersARoute() {
        var answer = server.get("/hello");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void decodesPathParameters() {
        assertThat(server.get("/v1/customers/a%2Fb%20c+%C3%A9").body()).isEqualTo("{\"id\":\"a/b c+é\"}");
        assertThat(server.get("/v1/customers/7/points/8").body()).isEqualTo("7|8");
        assertThat(server.get("/assets/js/htmx.js").body()).isEqualTo("js/htmx.js");
    }

    @Test
    void aLiteralSegmentComesBeforeAParameter() {
        assertThat(server.get("/v1/customers/search").body()).isEqualTo("search");
        assertThat(server.get("/v1/customers/search/points/8").body()).isEqualTo("search|8");
    }

    @Test
    void refusesBrokenPaths() {
        assertThat(server.raw("GET /v1/customers/%C3%28 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("malformed_utf8");
        assertThat(server.raw("GET /v1/customers/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("400");
        assertThat(server.raw("GET /v1/customers/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("400");
        assertThat(server.raw("GET /assets/../../etc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("404");
        assertThat(server.raw("GET /assets/%2e%2e/etc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("404");
    }

    @Test
    void anUnknownPathIsAProblem() {
        var answer = server.get("/nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).isEqualTo("{\"type\":\"/docs/problems#not_found\",\"title\":\"Not found\","
                + "\"status\":404,\"code\":\"not_found\",\"detail\":\"There is nothing at this path.\"}");
        assertThat(server.get("/hello/").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/customers/").statusCode()).isEqualTo(404);
    }

    @Test
    void anUnknownPathOfADialectIsToldInItsShape() {
        assertThat(server.get("/api/nowhere").body()).contains("\"success\":false");
    }

    @Test
    void aWrongMethodTellsTheAllowedOnes() {
        var answer = server.send("PATCH", "/hello", "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS, POST");
        assertThat(answer.body()).contains("method_not_allowed");
    }

    @Test
    void headIsGetWithoutABody() {
        assertThat(server.raw("HEAD /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: 5\r\n")
                .endsWith("\r\n\r\n");
        assertThat(server.raw("HEAD /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @Test
    void optionsTellsTheMethods() {
        var answer = server.send("OPTIONS", "/hello", "");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS, POST");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void anOpenRouteAnswersPreflightsAndItsErrorsAreReadable() {
        var preflight = server.send("OPTIONS", "/form", "");
        assertThat(preflight.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(preflight.headers().firstValue("access-control-allow-methods")).hasValue("OPTIONS, POST");
        for (String method : List.of("POST", "GET")) {
            var answer = server.send(method, "/form", "");
            assertThat(answer.statusCode()).isEqualTo(method.equals("POST") ? 400 : 405);
            assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
            assertThat(answer.body()).contains("\"success\":false");
        }
    }

    @Test
    void aPageHasItsSecurityHeaders() {
        var headers = server.get("/page").headers();
        assertThat(headers.firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
    }

    @Test
    void aFaultIsToldWithAnIdAndNothingMore() {
        var answer = server.get("/fault");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal\"", "fault_")
                .doesNotContain("secret", "Illegal");
    }
}
