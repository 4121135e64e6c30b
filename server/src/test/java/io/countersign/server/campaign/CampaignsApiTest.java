package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code /v1/campaigns}: set-up and life. */
final class CampaignsApiTest {
    private static final String BULK = "\"kind\":\"bulk\",\"brand\":\"shop\"";
    private static final String AUTOMATED = "\"kind\":\"automated\",\"brand\":\"shop\"";
    private static final String EVERYBODY = ",\"audience\":{\"status\":\"subscribed\"}";

    private static CampaignScene scene;
    private static Api api;

    @BeforeAll
    static void open() {
        scene = new CampaignScene();
        api = scene.api;
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void aCampaignIsShownAsItWasSaid() {
        String path = scene.draft(BULK + EVERYBODY + ",\"topic\":\"news\",\"utm\":\"spring\""
                + ",\"test\":{\"shares\":{\"a\":10,\"b\":15},\"by\":\"clicks\"},\"landing_url\":\"https://shop.test/x\""
                + ",\"send_at\":\"2030-01-02T03:04:05Z\",\"tracks_opens\":false");

        JsonNode shown = api.get(path).json();

        assertThat(shown.path("state").asString()).isEqualTo("draft");
        assertThat(List.of("kind", "brand", "channel", "topic", "profile", "utm", "landing_url", "send_at").stream()
                .map(name -> shown.path(name).asString()).toList()).containsExactly("bulk", "shop", "email", "news",
                        "standard", "spring", "https://shop.test/x", "2030-01-02T03:04:05Z");
        assertThat(shown.path("test").toString()).isEqualTo("{\"shares\":{\"a\":10,\"b\":15},\"by\":\"clicks\","
                + "\"after\":\"PT4H\",\"minimum\":100,\"confidence\":0.95,\"winner\":null,\"winner_basis\":null}");
        assertThat(shown.path("tracks_opens").booleanValue()).isFalse();
        assertThat(shown.path("contents").size()).isZero();
        assertThat(shown.path("created_by").asString()).isEqualTo("operator:owner@acme.test");
    }

    @Test
    void anotherProjectSeesAndChangesNothing() {
        String path = scene.ready(AUTOMATED, CampaignScene.UNSUBSCRIBABLE);

        for (String[] call : new String[][] {{"GET", ""}, {"PATCH", ""}, {"DELETE", ""}, {"POST", "/pause"},
            {"PUT", "/contents/a/en"}, {"POST", "/preview"}, {"POST", "/test"}, {"POST", "/messages"}}) {
            String body = call[0].equals("PUT") ? CampaignScene.UNSUBSCRIBABLE : call[1].equals("/preview")
                    || call[1].equals("/messages") ? "{\"email\":\"a@b.test\"}" : call[1].equals("/test")
                    ? "{\"to\":\"a@b.test\",\"email\":\"a@b.test\"}" : call[0].equals("PATCH") ? "{}" : "";
            Answer answer = body.isEmpty() ? api.send(Api.OTHER_OWNER, call[0], path + call[1])
                    : api.send(Api.OTHER_OWNER, call[0], path + call[1], body);
            assertThat(answer.status()).as("%s %s", call[0], call[1]).isEqualTo(404);
        }
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/campaigns").json().path("campaigns").size()).isZero();
        assertThat(api.get(path).text("state")).isEqualTo("ready");
    }

    @Test
    void whoOnlyLooksAndWhoIsNoOperatorChangesNothing() {
        String path = scene.draft(BULK);
        assertThat(api.send(Api.VIEWER, "GET", path).status()).isEqualTo(200);
        assertThat(api.send(Api.VIEWER, "POST", path + "/finish").status()).isEqualTo(403);
        assertThat(api.send(Api.VIEWER, "PUT", path + "/contents/a/en", CampaignScene.UNSUBSCRIBABLE).status())
                .isEqualTo(403);
        assertThat(api.send(Api.KEY, "GET", path).status()).isEqualTo(403);
        assertThat(api.send(null, "GET", path).status()).isEqualTo(401);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            -    | "name":"x" | missing_field | slug
            -    | "slug":"Big","kind":"bulk","brand":"shop","name":"x" | invalid_value | slug
            -    | "slug":"s","name":"x","kind":"loud","brand":"shop" | invalid_value | kind
            -    | "slug":"s","name":"x","kind":"bulk","brand":"none" | invalid_value | brand
            -    | "slug":"s","kind":"bulk","brand":"shop" | missing_field | name
            bulk | "topic":"none" | invalid_value | topic
            -    | "slug":"s","name":"x","kind":"bulk","brand":"strict","topic":"news" | invalid_value | topic
            bulk | "channel":"viber" | invalid_value | channel
            bulk | "profile":"none" | invalid_value | profile
            bulk | "profile":"transactional" | invalid_value | profile
            automated | "send_at":"2030-01-01T00:00:00Z" | invalid_value | send_at
            automated | "audience":{"status":"subscribed"} | invalid_value | audience
            bulk | "audience":[] | invalid_value | audience
            bulk | "landing_url":"javascript:alert(1)" | invalid_value | landing_url
            bulk | "landing_url":"//x" | invalid_value | landing_url
            bulk | "send_at":"soon" | invalid_value | send_at
            bulk | "test":{"by":"clicks"} | invalid_value | test.shares
            bulk | "test":{"by":"clicks","shares":{"a":50}} | invalid_value | test.shares
            bulk | "test":{"by":"clicks","shares":{"a":60,"b":60}} | invalid_value | test.shares
            bulk | "test":{"by":"clicks","shares":{"a":0,"b":60}} | invalid_value | test.shares.a
            bulk | "test":{"by":"clicks","shares":{"a":1,"z":60}} | invalid_value | test.shares.z
            bulk | "test":{"by":"luck","shares":{"a":1,"b":60}} | invalid_value | test.by
            bulk | "test":{"by":"opens","shares":{"a":1,"b":6},"after":"P9Y"} | invalid_value | test.after
            bulk | "test":{"by":"opens","shares":{"a":1,"b":6},"confidence":2} | invalid_value | test.confidence
            automated | "test":{"by":"opens","shares":{"a":1,"b":6}} | invalid_value | test
            -    | "slug":"s","name":"x","kind":"bulk","brand":"shop","state":"ready" | unknown_field | state
            """)
    void whatMakesNoSenseIsRefused(String kind, String members, String code, String field) {
        String body = kind.equals("-") ? members : "\"slug\":\"s\",\"name\":\"x\",\"kind\":\"" + kind
                + "\",\"brand\":\"shop\"," + members;
        Answer answer = api.post("/v1/campaigns", "{" + body + "}");

        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.field()).isEqualTo(field);
        assertThat(api.get("/v1/campaigns/s").status()).isEqualTo(404);
    }

    @Test
    void campaignsAreListedInPagesByWhatIsAsked() {
        List<String> made = List.of("strict", "strict", "strict").stream()
                .map(brand -> scene.draft("\"kind\":\"transactional\",\"brand\":\"" + brand + "\"")).toList();
        String filter = "/v1/campaigns?brand=strict&kind=transactional&state=draft&profile=transactional&limit=2";

        Answer first = api.get(filter);
        Answer second = api.get(filter + "&cursor=" + first.text("next"));

        assertThat(slugs(first)).isEqualTo(made.get(2) + " " + made.get(1));
        assertThat(slugs(second)).isEqualTo(made.get(0));
        assertThat(second.json().path("next").isNull()).isTrue();
        assertThat(api.get("/v1/campaigns?brand=strict&kind=bulk").json().path("campaigns").size()).isZero();
        assertThat(api.get("/v1/campaigns?cursor=x").code()).isEqualTo("invalid_value");
        assertThat(api.get("/v1/campaigns?brand=none").field()).isEqualTo("brand");
        assertThat(api.get("/v1/campaigns?state=lost").field()).isEqualTo("state");
    }

    private static String slugs(Answer answer) {
        return answer.json().path("campaigns").valueStream().map(one -> "/v1/campaigns/" + one.path("slug").asString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void finishingTellsEverythingThatIsMissing() {
        String path = scene.draft(BULK
                + ",\"profile\":\"opt_in\",\"test\":{\"by\":\"clicks\",\"shares\":{\"a\":10,\"b\":10}}");
        scene.put(path + "/contents/a/fr",
                "{\"subject\":\"x\",\"html\":\"<a data-link=\\\"confirm-topic\\\">go</a>\"}");
        scene.put(path + "/contents/a/de", "{\"subject\":\"x\",\"html\":\"${CustomParameters.order}\"}");
        scene.put(path + "/contents/a/it", "{\"text\":\"ciao ${Recipient.AuthentificationCode}\"}");

        Answer answer = api.post(path + "/finish", "");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("campaign_incomplete");
        assertThat(answer.json().path("faults").valueStream().map(fault -> fault.path("at").asString() + " "
                + fault.path("code").asString()).toList()).containsExactly("audience audience_missing",
                "contents/a language_missing",
                "contents/a/de confirmation_missing", "contents/a/de custom_parameters_in_bulk",
                "contents/a/fr topic_link_without_topic",
                "contents/a/it wrong_format", "contents/a/it confirmation_missing", "contents/a/it code_in_bulk",
                "contents/b text_missing");
        assertThat(api.get(path).text("state")).isEqualTo("draft");
    }

    @Test
    void anSmsToSubscribersNeedsALinkToLeaveBy() {
        String path = scene.draft("\"kind\":\"bulk\",\"brand\":\"shop\",\"channel\":\"sms\"" + EVERYBODY);
        scene.put(path + "/contents/a/de", "{\"text\":\"Sale\"}");
        assertThat(api.post(path + "/finish", "").json().path("faults").get(0).path("code").asString())
                .isEqualTo("unsubscribe_missing");

        scene.put(path + "/contents/a/de", "{\"text\":\"Sale ${Message.UnsubscribeLink}\"}");

        assertThat(api.post(path + "/finish", "").text("state")).as("one text is for everybody").isEqualTo("ready");
    }

    /** CP1: the transactional profile is for automated campaigns. */
    @Test
    void anAutomatedCampaignWithTheTransactionalProfileIsATransactionalOne() {
        String path = scene.draft("\"kind\":\"automated\",\"brand\":\"shop\",\"profile\":\"transactional\"");
        assertThat(api.get(path).text("kind")).isEqualTo("transactional");
        String other = scene.draft("\"kind\":\"automated\",\"brand\":\"shop\"");
        assertThat(api.patch(other, "{\"profile\":\"transactional\"}").text("kind")).isEqualTo("transactional");
    }

    @Test
    void anEmailToSubscribersWithoutALinkToLeaveByIsWarnedOf() {
        String path = scene.draft(BULK + EVERYBODY);
        String bare = "{\"subject\":\"Sale\",\"html\":\"<p>It begins</p>\"}";
        assertThat(warnings(api.send(Api.OWNER, "PUT", path + "/contents/a/de", bare)))
                .containsExactly("unsubscribe_missing");
        assertThat(api.get(path).json().path("contents").toString()).as("not a part of the text")
                .doesNotContain("warnings");
        assertThat(warnings(api.send(Api.OWNER, "PUT", path + "/contents/a/de", "{\"subject\":\"Sale\",\"html\":"
                + "\"<a data-link=\\\"preferences\\\">What I get</a>\"}"))).isEmpty();

        String receipt = scene.draft("\"kind\":\"transactional\",\"brand\":\"shop\",\"profile\":\"transactional\"");
        assertThat(warnings(api.send(Api.OWNER, "PUT", receipt + "/contents/a/de", bare))).isEmpty();
    }

    private static List<String> warnings(Answer answer) {
        assertThat(answer.json().path("warnings").isArray()).as(answer.response().body()).isTrue();
        return answer.json().path("warnings").valueStream().map(warning -> warning.path("code").asString()).toList();
    }

    @Test
    void whatWasFinishedIsFrozenUntilItIsReopened() {
        String path = scene.ready(BULK + EVERYBODY, CampaignScene.UNSUBSCRIBABLE);
        for (String change : List.of("{\"brand\":\"strict\"}", "{\"profile\":\"opt_in\"}", "{\"channel\":\"sms\"}",
                "{\"topic\":\"news\"}", "{\"test\":{\"by\":\"clicks\",\"shares\":{\"a\":10,\"b\":10}}}")) {
            assertThat(api.patch(path, change).code()).as(change).isEqualTo("conflict");
        }
        assertThat(api.patch(path, "{\"name\":\"Two\",\"brand\":\"shop\"}").text("name")).isEqualTo("Two");
        assertThat(scene.put(path + "/contents/a/en", "{\"text\":\"by SMS\"}").code())
                .as("a finished campaign stays fit to be sent").isEqualTo("campaign_incomplete");
        assertThat(api.delete(path + "/contents/a/en").code()).isEqualTo("campaign_incomplete");

        assertThat(api.post(path + "/reopen", "").text("state")).isEqualTo("draft");
        assertThat(api.patch(path, "{\"topic\":\"news\"}").text("topic")).isEqualTo("news");
        assertThat(api.patch(path, "{\"topic\":null}").json().path("topic").isNull()).isTrue();
    }

    @Test
    void aBulkCampaignIsStartedHeldUpAndEnded() {
        String path = scene.ready(BULK + EVERYBODY, CampaignScene.UNSUBSCRIBABLE);
        assertThat(api.post(path + "/pause", "").text("reason")).isEqualTo("not_started");
        assertThat(api.post(path + "/start", "").json().path("started_at").isNull()).isFalse();
        assertThat(api.post(path + "/start", "").status()).as("it is so already").isEqualTo(200);
        assertThat(api.delete(path).text("reason")).isEqualTo("under_way");
        assertThat(api.patch(path, "{\"audience\":{\"file\":true}}").code()).isEqualTo("conflict");
        assertThat(scene.put(path + "/contents/a/en", CampaignScene.UNSUBSCRIBABLE).code()).isEqualTo("conflict");
        assertThat(api.post(path + "/pause", "").text("state")).isEqualTo("paused");
        assertThat(api.post(path + "/resume", "").text("state")).isEqualTo("sending");
        assertThat(api.post(path + "/complete", "").text("state")).isEqualTo("done");
        assertThat(api.post(path + "/start", "").text("reason")).isEqualTo("over");
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.post(path.replace("/v1/campaigns/", "/v1/campaigns/none-"), "").status()).isEqualTo(405);
    }

    @Test
    void theNameOfADeletedCampaignIsFreeAgain() {
        String path = scene.draft(BULK);
        String slug = path.substring(path.lastIndexOf('/') + 1);
        String again = "{\"slug\":\"" + slug + "\",\"name\":\"x\",\"kind\":\"bulk\",\"brand\":\"shop\"}";
        assertThat(api.post("/v1/campaigns", again).code()).isEqualTo("conflict");
        api.delete(path);
        assertThat(api.post("/v1/campaigns", again).status()).isEqualTo(201);
    }

    /** Source 001: an opt-in campaign asks for customers who await the confirmation. */
    @Test
    void anOptInCampaignBecomesReadyOnlyWhileConfirmationsAreAskedFor() {
        String text = "{\"subject\":\"x\",\"html\":\"<a data-link=\\\"confirm-channel\\\">Yes</a>\"}";
        String off = scene.draft("\"kind\":\"automated\",\"brand\":\"strict\",\"profile\":\"opt_in\"");
        scene.put(off + "/contents/a/en", text);
        assertThat(api.post(off + "/finish", "").code()).isEqualTo("opt_in_off");

        String on = scene.ready(AUTOMATED + ",\"profile\":\"opt_in\"", text);

        assertThat(scene.optIns("shop")).contains(on).doesNotContain(off);
        assertThat(scene.optIns("strict")).isEmpty();
        api.post(on + "/pause", "");
        assertThat(scene.optIns("shop")).as("held up is not over").contains(on);
        api.post(on + "/complete", "");
        assertThat(scene.optIns("shop")).doesNotContain(on);
    }

    @Test
    void aCampaignWhoseTopicWasDeletedIsNotFinished() {
        api.post("/v1/brands/shop/topics", "{\"slug\":\"gone\",\"name\":\"Gone\"}");
        String path = scene.draft(AUTOMATED + ",\"topic\":\"gone\"");
        scene.put(path + "/contents/a/en", CampaignScene.UNSUBSCRIBABLE);
        assertThat(api.delete("/v1/brands/shop/topics/gone").status()).isLessThan(300);
        assertThat(api.post(path + "/finish", "").json().path("faults").get(0).path("code").asString())
                .isEqualTo("topic_deleted");
        assertThat(api.get(path).json().path("topic").isNull()).isTrue();
    }

    @Test
    void aFinishedCampaignKeepsAnAudienceThatCanBeSentTo() {
        String path = scene.ready(BULK + EVERYBODY, CampaignScene.UNSUBSCRIBABLE);
        assertThat(api.patch(path, "{\"audience\":{}}").code()).isEqualTo("campaign_incomplete");
        Answer nowhere = api.patch(path, "{\"audience\":{\"status\":\"subscribed\",\"topic\":\"nowhere\"}}");
        assertThat(nowhere.json().at("/faults/0/code").asString()).isEqualTo("unknown_topic");
        assertThat(api.patch(path, "{\"audience\":{\"status\":\"subscribed\",\"topic\":\"news\"}}").status())
                .isEqualTo(200);
    }

    @Test
    void aCampaignToAFileIsNotStartedWithoutOne() {
        String path = scene.ready(BULK + ",\"audience\":{\"file\":true}", CampaignScene.UNSUBSCRIBABLE);
        assertThat(api.post(path + "/start", "").field()).isEqualTo("audience");
        assertThat(api.get(path).text("state")).isEqualTo("ready");
    }
}
