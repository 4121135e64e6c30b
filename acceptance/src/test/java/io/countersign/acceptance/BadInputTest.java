package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nonsense and attacks: a clear refusal, and nothing left behind. */
class BadInputTest {
    private static final String PATH = "/api/newsletter-form/newsletter";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final SmtpSink SINK = SmtpSink.start();
    private static ServerProcess server;
    private static Api api;
    private int before;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Provision.shop(SINK));
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
        SINK.close();
    }

    @BeforeEach
    void count() throws Exception {
        before = api.addresses().size();
    }

    /** Whatever a test did, the server still answers and logged no fault. */
    @AfterEach
    void stillWell() throws Exception {
        assertThat(api.get("/health/ready").status()).isEqualTo(200);
        assertThat(server.output()).doesNotContain("Exception").doesNotContain(" ERROR ");
    }

    static Stream<String> addresses() {
        return Stream.of("", " ", "@", "ann", "ann@", "@example.org", "ann@example", "ann@@example.org",
                "ann @example.org", "ann@exa mple.org", "ann@-example.org", "ann@example..org",
                        ".ann@example.org",
                "ann.@example.org", "a..b@example.org", "\"ann\"@example.org", "ann@[127.0.0.1]",
                "ann(comment)@example.org", "Ann <ann@example.org>", "ann@example.org,bob@example.org",
                "ann@example.org;bob@example.org", "änn@example.org", "ann@example.org\u0000", "a".repeat(65)
                + "@example.org", "ann@" + "a".repeat(64) + ".org", "ann@" + "a.".repeat(130) + "org",
                "ann@example.org\r\nBcc: bob@example.org", "ann@example.org\nbob", "ann\r@example.org",
                "ann@example.org%0d%0aBcc:bob@example.org", "' or 1=1 --",
                        "ann'; drop table customers; --@example.org",
                "<script>alert(1)</script>@example.org", "\u202Eann@example.org");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void aMalformedAddressIsRefused(String address) throws Exception {
        refused(400, api.signUp(address), address);
        refused(400, json(Map.of("email", address)), address);
        var page = api.post("/f/newsletter", FORM, "firstName=Ann&email=" + Api.encoded(address));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).doesNotContain("<script>alert");
        nothingLeft();
    }

    static Stream<String> fields() {
        return Stream.of("firstName", "lastName", "source", "userGroup", "mailingLists", "language");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void lineBreaksInAnyFieldAreRefusedOrHarmless(String field) throws Exception {
        for (var value : List.of("x\r\nBcc: victim@example.net", "x\nSubject: changed", "x\rX: y", "x\u0000y",
                "x\u0085y", "x\u2028Bcc: victim@example.net", "=?utf-8?q?x=0D=0ABcc:_victim@example.net?=")) {
            var email = "inject" + Math.abs((field + value).hashCode()) + "@example.org";
            for (var answer : List.of(api.signUp("newsletter", Map.of("email", email, field, value)),
                    json(Map.of("email", email, field, value)))) {
                assertThat(answer.status()).as(answer.text()).isIn(200, 400);
            }
        }
        settle(field);
        assertThat(SINK.mails()).allSatisfy(mail -> {
            assertThat(mail.recipients()).hasSize(1).noneMatch(to -> to.contains("victim"));
            assertThat(mail.parsed().getAllRecipients()).hasSize(1);
            assertThat(mail.parsed().getHeader("Bcc")).isNull();
            assertThat(mail.parsed().getSubject()).isEqualTo("Please confirm your subscription to Acme Shop");
        });
    }

    static Stream<Arguments> hostile() {
        return fields().filter(field -> !field.equals("mailingLists")).flatMap(field -> Stream.of(
                "'; drop table customers; --", "' or '1'='1", "$1", "\\'; select pg_sleep(10); --",
                "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "${7*7}{{7*7}}", "{\"a\":1}",
                "{a,b}", "\\\\\"", "NULL", "💥 مرحبا").map(value -> Arguments.of(field, value)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void textIsOnlyEverText(String field, String value) throws Exception {
        var email = "text" + Math.abs((field + value).hashCode()) + "@example.org";
        var answer = api.signUp("newsletter", Map.of("email", email, field, value));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var customer = api.customer(email);
        if (field.equals("firstName")) {
            assertThat(customer.path("first_name").asString()).isEqualTo(value);
        }
        var mail = new Mailbox(SINK, email).await(1);
        assertThat(mail.html() + api.get(mail.page()).text()).doesNotContain("<script>alert(1)")
                .doesNotContain("<img src=x");
    }

    @Test
    void whatIsTypedIntoTheHostedPageComesBackEscaped() throws Exception {
        var page = api.post("/f/newsletter", FORM,
                Api.encoded(Map.of("email", "\"><script>alert(1)</script>", "firstName", "\"><b>x</b>")));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).doesNotContain("<script>alert").doesNotContain("<b>x").contains("&lt;script");
        nothingLeft();
    }

    @Test
    void hugeFieldsAreRefused() throws Exception {
        var huge = "n".repeat(1 << 20);
        for (var field : List.of("email", "firstName", "notes", "mailingLists")) {
            var fields = new HashMap<>(Map.of("email", "huge@example.org"));
            fields.put(field, huge);
            refused(413, api.signUp("newsletter", fields), field);
            refused(413, json(fields), field);
            assertThat(api.post("/f/newsletter", FORM, Api.encoded(fields)).status()).isEqualTo(413);
        }
        var long501 = "n".repeat(501);
        refused(400, api.signUp("newsletter", Map.of("email", "huge@example.org", "firstName", long501)),
                "501");
        refused(400, api.post(PATH, FORM, "email=huge@example.org" + "&x=y".repeat(300)), "many fields");
        nothingLeft();
    }

    @Test
    void wrongContentTypesAreRefused() throws Exception {
        for (var type : List.of("text/plain", "multipart/form-data; boundary=x", "application/xml",
                "application/octet-stream", "text/html", "application/json-seq")) {
            refused(415, api.post(PATH, type, "email=type@example.org"), type);
        }
        nothingLeft();
    }

    @Test
    void brokenBodiesAreRefused() throws Exception {
        refused(400, api.post(PATH, FORM, "email=%"), "%");
        refused(400, api.post(PATH, FORM, "email=%zz@example.org"), "%zz");
        refused(400, api.post(PATH, FORM, "email=utf%40example.org&firstName=%ff%fe"), "escaped UTF-8");
        refused(400, api.post(PATH, FORM, "email=utf%40example.org&firstName=%c0%af"), "overlong UTF-8");
        refused(400, api.post(PATH, FORM, latin("email=utf%40example.org&firstName=J\u00fcrgen")),
                "raw Latin-1");
        refused(400, api.post(PATH, "application/json",
                latin("{\"email\":\"utf@example.org\",\"firstName\":\"\u00fc\"}")),
                "Latin-1 in JSON");
        for (var body : List.of("", "{", "[]", "null", "\"x\"", "{\"email\":}", "{\"email\":{}}",
                "{\"email\":[]}",
                "{\"email\":12}", "{\"email\":true}", "{\"email\":\"\\ud800@example.org\"}",
                        "[".repeat(5_000))) {
            refused(400, api.post(PATH, "application/json", body), body);
        }
        nothingLeft();
    }

    @Test
    void unknownFormsAreNotFound() throws Exception {
        for (var form : List.of("nothing", "NEWSLETTER", "newsletter%00", "..%2Fnewsletter", "'%20or%201=1",
                "a".repeat(500))) {
            assertThat(api.signUp(form, Map.of("email", "form@example.org")).status()).as(form).isIn(400,
                    404);
            assertThat(api.get("/f/" + form).status()).as(form).isIn(400, 404);
        }
        nothingLeft();
    }

    @Test
    void whoFillsTheHiddenFieldIsThankedAndForgotten() throws Exception {
        var page = api.post("/f/newsletter", FORM,
                "email=robot%40example.org&firstName=&website=http%3A%2F%2Fx");
        assertThat(page.status()).isEqualTo(200);
        nothingLeft();
        assertThat(SINK.mailsTo("robot@example.org")).isEmpty();
    }

    @Test
    void theApiNeedsAKeyAndKnowsItsProject() throws Exception {
        api.signUp("guarded@example.org");
        var path = "/v1/customers?email=guarded@example.org";
        assertThat(api.get(path).status()).isEqualTo(401);
        for (var token : List.of("x", "", "cs_test_owner_0123456789abcdeX", "' or 1=1 --",
                "a".repeat(5_000))) {
            assertThat(api.send(api.request(path).header("Authorization", "Bearer " + token)).status())
                    .isEqualTo(401);
        }
        var elsewhere = api.send(api.request(path).header("Authorization", "Bearer "
                + Provision.OTHER_OWNER));
        assertThat(elsewhere.json().path("customers").size()).isZero();
        var id = api.customer("guarded@example.org").path("id").asString();
        assertThat(api.send(api.request("/v1/customers/" + id).header("Authorization", "Bearer "
                + Provision.OTHER_OWNER)).status()).isEqualTo(404);
    }

    private void nothingLeft() throws Exception {
        assertThat(api.addresses()).hasSize(before);
    }

    /** Mails queued so far have gone when a later one has. */
    private static void settle(String name) throws Exception {
        var last = "settled-" + name.toLowerCase(java.util.Locale.ROOT) + "@example.org";
        assertThat(api.signUp(last).status()).isEqualTo(200);
        new Mailbox(SINK, last).await(1);
    }

    private static Api.Answer json(Map<String, String> fields) throws Exception {
        var members = new ArrayList<String>();
        fields.forEach((name, value) -> members.add(quoted(name) + ":" + quoted(value)));
        return api.post(PATH, "application/json", "{" + String.join(",", members) + "}");
    }

    private static String quoted(String text) {
        return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(text);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void refused(int status, Api.Answer answer, String what) {
        assertThat(answer.status()).as("%.60s: %s", what, answer.text()).isEqualTo(status);
        assertThat(answer.json().path("success").booleanValue()).isFalse();
        assertThat(answer.json().path("message").asString("")).isNotBlank();
        assertThat(answer.json().path("code").asString("")).isNotBlank();
    }
}
