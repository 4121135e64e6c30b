package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final List<Route> ROUTES = List.of(
            Route.post("/form", "public", "Echo", r -> Reply.json(r.form().all("a"))).withMaxBody(10),
            Route.post("/json", "public", "Echo", r -> Reply.json(r.json())),
            Route.post("/any", "public", "Echo", r -> Reply.json(r.jsonOfAnyKind())),
            Route.post("/twice", "public", "Echo", r -> Reply.json(r.body().length + r.body().length)),
            Route.get("/query", "public", "Echo", r -> Reply.json(r.queryAll().all("a"))),
            Route.get("/cookie", "public", "Echo", r -> Reply.text(r.cookie("sid").orElse("none"))),
            Route.get("/where", "public", "Echo",
                    r -> Reply.text(r.clientAddress().text() + " " + r.isLoopback())));

    @Test
    void readsBodiesOfTheRightType() {
        try (var server = TestServer.of(ROUTES)) {
            String form = "application/x-www-form-urlencoded";
            assertThat(server.send("POST", "/form", "a=1&a=%C3", "Content-Type", form).body())
                    .contains("malformed_utf8");
            assertThat(server.send("POST", "/form", "a=1&a=2", "Content-Type", form + ";charset=UTF-8")
                    .body())
                    .isEqualTo("[\"1\",\"2\"]");
            assertThat(server.send("POST", "/json", "{\"a\":1}", "Content-Type", "application/json").body())
                    .isEqualTo("{\"a\":1}");
            assertThat(server.send("POST", "/json", "{\"a\":1}", "Content-Type", "Application/x.y+JSON ; v=1")
                    .statusCode())
                    .isEqualTo(200);
            assertThat(server.send("POST", "/json", "[]", "Content-Type", "application/json").statusCode())
                    .isEqualTo(400);
            assertThat(server.send("POST", "/any", "[]", "Content-Type", "application/json").body())
                    .isEqualTo("[]");
            assertThat(server.send("POST", "/twice", "abc").body()).isEqualTo("6");
            assertThat(server.send("POST", "/twice", "").body()).isEqualTo("0");
        }
    }

    @Test
    void refusesBodiesOfAnotherType() {
        try (var server = TestServer.of(ROUTES)) {
            for (String type : List.of("text/plain", "application/jsonx",
                    "application/json; charset=latin1")) {
                var answer = server.send("POST", "/json", "{}", "Content-Type", type);
                assertThat(answer.statusCode()).as(type).isEqualTo(415);
                assertThat(answer.body()).contains("\"code\":\"unsupported_content_type\"");
            }
            assertThat(server.send("POST", "/form", "a=1").statusCode()).isEqualTo(415);
        }
    }

    @Test
    void aBodyBeyondTheRoutesLimitIsRefusedWithAndWithoutALength() {
        try (var server = TestServer.of(ROUTES)) {
            String type = "application/x-www-form-urlencoded";
            assertThat(server.send("POST", "/form", "a=45678901", "Content-Type", type).statusCode())
                    .isEqualTo(200);
            var refused = server.send("POST", "/form", "a=456789012", "Content-Type", type);
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("\"code\":\"body_too_large\"", "10 bytes");
            var chunked = server.send(HttpRequest.newBuilder(server.uri("/form")).header("Content-Type", type)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[200_000])))
                    .build());
            assertThat(chunked.statusCode()).isEqualTo(413);
            String endless = "9".repeat(20);
            assertThat(server.raw("POST /form HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Length: " + endless + "\r\n\r\n"))
                    .containsPattern("HTTP/1.1 4(13|00)");
        }
    }

    @Test
    void readsQueriesAndCookies() {
        try (var server = TestServer.of(ROUTES)) {
            assertThat(server.get("/query?a=1&b=2&a=%20").body()).isEqualTo("[\"1\",\" \"]");
            assertThat(server.get("/query").body()).isEqualTo("[]");
            assertThat(server.raw("GET /query?a=%C3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .contains("malformed_utf8");
            assertThat(server.raw("GET /query?a=%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .contains("HTTP/1.1 400");
            assertThat(server.get("/cookie", "Cookie", "a=b; sid=x=y; sidx=1").body()).isEqualTo("x=y");
            assertThat(server.get("/cookie", "Cookie", "xsid=1").body()).isEqualTo("none");
        }
    }

    @Test
    void believesForwardedAddressesOfTrustedProxiesOnly() {
        try (var server = TestServer.of(ROUTES)) {
            assertThat(server.get("/where").body()).isEqualTo("127.0.0.1 true");
            assertThat(server.get("/where", "X-Forwarded-For", "192.0.2.1").body())
                    .isEqualTo("127.0.0.1 false");
            assertThat(server.get("/where", "Forwarded", "for=127.0.0.1").body())
                    .isEqualTo("127.0.0.1 false");
        }
        var settings = HttpSettings.onPort(0)
                .withTrusted(TrustedProxies.of(List.of("127.0.0.0/8", "2001:db8::/32")));
        try (var server = TestServer.of(Site.of(ROUTES), settings)) {
            assertThat(server.get("/where", "X-Forwarded-For", "192.0.2.1").body())
                    .isEqualTo("192.0.2.1 false");
            assertThat(server.get("/where", "X-Forwarded-For", "9.9.9.9, 192.0.2.1, 2001:db8::5").body())
                    .isEqualTo("192.0.2.1 false");
            assertThat(server.get("/where", "X-Forwarded-For", "9.9.9.9", "X-Forwarded-For", "192.0.2.1")
                    .body())
                    .isEqualTo("192.0.2.1 false");
            assertThat(server.get("/where", "X-Forwarded-For", "127.0.0.9").body())
                    .isEqualTo("127.0.0.9 true");
            assertThat(server.get("/where", "X-Forwarded-For", "localhost").body()).startsWith("127.0.0.1 ");
            assertThat(server.get("/where", "Via", "1.1 proxy").body()).isEqualTo("127.0.0.1 false");
        }
    }

    @Test
    void observesEveryRequest() {
        List<String> seen = new CopyOnWriteArrayList<>();
        RequestObserver observer =
                (route, status, nanos) -> seen.add(route.path() + " " + status + " " + (nanos > 0));
        try (var server = TestServer.of(new Site(ROUTES, Map.of(), observer))) {
            server.get("/query");
            server.send("POST", "/json", "{", "Content-Type", "application/json");
            server.get("/secret/path");
        }
        assertThat(new ArrayList<>(seen))
                .containsExactly("/query 200 true", "/json 400 true", "/(unknown) 404 true");
    }
}
