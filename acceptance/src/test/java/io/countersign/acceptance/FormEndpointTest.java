package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The endpoint that forms on other sites post to. */
class FormEndpointTest {
    private static final String PATH = "/api/newsletter-form/newsletter";
    private static final SmtpSink SINK = SmtpSink.start();
    private static ServerProcess server;
    private static Api api;

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

    @Test
    void bothContentTypesSignUp() throws Exception {
        assertThat(api.post(PATH, "application/x-www-form-urlencoded",
                "email=form%40example.org&firstName=Ann+Lee&userGroup=&mailingLists=").text())
                .isEqualTo("{\"success\":true}");
        assertThat(api.post(PATH, "application/x-www-form-urlencoded; charset=UTF-8",
                "email=charset%40example.org").status()).isEqualTo(200);
        assertThat(api.post(PATH, "application/json",
                "{\"email\":\"json@example.org\",\"firstName\":\"Ann\","
                + "\"lastName\":null,\"userGroup\":\"beta\"}")
                .text()).isEqualTo("{\"success\":true}");
        assertThat(api.customer("form@example.org").path("first_name").asString()).isEqualTo("Ann Lee");
        assertThat(api.customer("json@example.org").path("first_name").asString()).isEqualTo("Ann");
        assertThat(new Mailbox(SINK, "charset@example.org").await(1).text()).contains("Acme Shop");
    }

    @Test
    void everyAnswerCanBeReadByThePageThatPosted() throws Exception {
        String big = "email=big%40example.org&notes=" + "n".repeat(1 << 20);
        var answers = new ArrayList<Api.Answer>(List.of(
                expect(200, api.signUp("cors@example.org")),
                expect(400, api.signUp("nobody")),
                expect(400, api.post(PATH, "application/json", "{")),
                expect(404, api.signUp("nothing", Map.of("email", "cors@example.org"))),
                expect(404, api.post("/api/newsletter-form/", "application/json", "{}")),
                expect(413, api.post(PATH, "application/x-www-form-urlencoded", big)),
                expect(415, api.post(PATH, "text/plain", "email=cors@example.org")),
                expect(415, api.post(PATH, "multipart/form-data; boundary=b", "--b--")),
                expect(405, api.get(PATH))));
        Api.Answer limited = null;
        for (int i = 0; i < 4; i++) {
            limited = api.signUp("limited", Map.of("email", "cors" + i + "@example.org"));
        }
        answers.add(expect(429, limited));
        for (var answer : answers) {
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).as("%d %s", answer.status(),
                    answer.text()).containsExactly("*");
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.json().path("success").booleanValue()).isEqualTo(answer.status() == 200);
            assertThat(answer.json().path("message").asString("")).isEqualTo(answer.status() == 200 ? ""
                    : answer.json().path("message").asString("missing")).isNotEqualTo("missing");
        }
        assertThat(limited.json().path("message").asString())
                .isEqualTo("Too many signups, please try again in a little while");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void aPreflightIsAllowed() throws Exception {
        var preflight = api.send(api.request(PATH).method("OPTIONS", BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type"));
        assertThat(preflight.status()).isIn(200, 204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers")).isNotBlank();
    }

    @Test
    void theAnswerTellsNothingAboutTheAddress() throws Exception {
        var first = api.signUp("known@example.org");
        var page = new Mailbox(SINK, "known@example.org").await(1).page();
        var pending = api.signUp("known@example.org");
        api.press(page, "confirm");
        var confirmed = api.signUp("known@example.org");
        api.signUp("refused@example.org");
        api.press(new Mailbox(SINK, "refused@example.org").await(1).page(), "reject");
        var rejected = api.signUp("refused@example.org");
        for (var answer : List.of(pending, confirmed, rejected)) {
            assertThat(answer.status()).isEqualTo(first.status());
            assertThat(answer.bytes()).isEqualTo(first.bytes());
            assertThat(answer.lasting()).isEqualTo(first.lasting());
        }
    }

    @Test
    void theHostedPageTellsNothingEither() throws Exception {
        var first = hosted("hosted@example.org");
        api.press(new Mailbox(SINK, "hosted@example.org").await(1).page(), "confirm");
        var confirmed = hosted("hosted@example.org");
        assertThat(first.status()).isEqualTo(200);
        assertThat(steady(confirmed)).isEqualTo(steady(first));
        assertThat(confirmed.lasting().keySet()).isEqualTo(first.lasting().keySet());
    }

    @Test
    void furtherPublicListsAreAppliedOnConfirmation() throws Exception {
        api.signUp("newsletter", Map.of("email", "lists@example.org", "mailingLists", "news, offers"));
        var page = new Mailbox(SINK, "lists@example.org").await(1).page();
        assertThat(topics("lists@example.org")).doesNotContain("offers subscribed");
        api.press(page, "confirm");
        assertThat(topics("lists@example.org")).contains("news subscribed", "offers subscribed")
                .doesNotContain("vip subscribed");
    }

    @Test
    void aPrivateListIsAsUnknownAsAnyOther() throws Exception {
        var secret = api.signUp("newsletter", Map.of("email", "curious@example.org", "mailingLists", "vip"));
        var unknown = api.signUp("newsletter", Map.of("email", "curious@example.org", "mailingLists",
                "nothing"));
        assertThat(secret.status()).isEqualTo(400);
        assertThat(secret.bytes()).isEqualTo(unknown.bytes());
        assertThat(secret.lasting()).isEqualTo(unknown.lasting());
        assertThat(api.addresses()).doesNotContain("curious@example.org");
    }

    @Test
    void aFormChangesNothingOfAKnownPersonButTheGroup() throws Exception {
        api.signUp("newsletter", Map.of("email", "named@example.org", "firstName", "Ann"));
        api.signUp("newsletter", Map.of("email", "named@example.org", "firstName", "Mallory", "lastName", "X",
                "userGroup", "beta"));
        var named = api.customer("named@example.org");
        assertThat(named.path("first_name").asString()).isEqualTo("Ann");
        assertThat(named.path("last_name").isNull()).isTrue();
    }

    @Test
    void withoutDoubleOptInTheFormSubscribesAtOnceAndSendsNothing() throws Exception {
        assertThat(api.signUp("single", Map.of("email", "single@example.org")).text())
                .isEqualTo("{\"success\":true}");
        assertThat(api.eligibility("single@example.org").path("eligible").booleanValue()).isTrue();
        api.signUp("after-single@example.org");
        new Mailbox(SINK, "after-single@example.org").await(1);
        assertThat(new Mailbox(SINK, "single@example.org").count()).isZero();
    }

    @Test
    void blockedAddressesAreRefused() throws Exception {
        assertThat(api.signUp("x@blocked.test").status()).isEqualTo(400);
        assertThat(api.signUp("x@BLOCKED.test").status()).isEqualTo(400);
        assertThat(api.addresses()).doesNotContain("x@blocked.test");
    }

    private static Api.Answer hosted(String email) throws Exception {
        return api.post("/f/newsletter", "application/x-www-form-urlencoded",
                "language=en&firstName=&website=&email=" + Api.encoded(email));
    }

    /** The page without the moments of time on it. */
    private static String steady(Api.Answer answer) {
        return answer.text().replaceAll("(?s)<time.*?</bdi>", "");
    }

    private static List<String> topics(String email) throws Exception {
        var topics = new ArrayList<String>();
        for (JsonNode node : api.customer(email).path("subscriptions")) {
            if (node.path("channel").asString("").equals("email") && !node.path("topic").isNull()
                    && node.path("explicit").booleanValue()) {
                topics.add(node.path("topic").asString() + " " + node.path("status").asString());
            }
        }
        return topics;
    }

    private static Api.Answer expect(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }
}
