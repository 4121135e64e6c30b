package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.template.Content;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of campaigns, looked at before they are sent, and messages of one customer. */
final class CampaignTextsApiTest {
    private static final String AUTOMATED = "\"kind\":\"automated\",\"brand\":\"shop\"";
    private static final String TRANSACTIONAL = "\"kind\":\"transactional\",\"brand\":\"shop\"";
    private static final String GREETING = "{\"subject\":\"To ${Recipient.FirstName}\",\"html\":\"<p>"
            + "${CustomParameters.order} <a data-link=\\\"unsubscribe-channel\\\">Leave</a></p>\"}";

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

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            a/en    | {}                                              | missing_field | text
            a/en    | {"html":"<p>x</p>"}                             | missing_field | subject
            a/en    | {"subject":"x","html":"<p>","mjml":"<mjml>"}    | invalid_value | mjml
            a/en    | {"subject":"x","text":"y"}                      | missing_field | html
            a/en    | {"subject":"x\\ny","html":"<p>"}                | invalid_value | subject
            a/en    | {"subject":"x","html":7}                        | missing_field | html
            a/en    | {"text":"x\\u0007"}                             | invalid_value | text
            z/en    | {"text":"x"}                                    | invalid_value | variant
            a/engl  | {"text":"x"}                                    | invalid_value | language
            a/en    | {"text":"${Recipient.Shoe}"}                    | text_refused  |
            """)
    void aTextThatCannotBeSentIsRefused(String place, String body, String code, String field) {
        String path = scene.draft(AUTOMATED);

        Answer answer = scene.put(path + "/contents/" + place, body);

        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.field()).isEqualTo(field == null ? "" : field);
        assertThat(api.get(path).json().path("contents").size()).isZero();
    }

    @Test
    void aFaultTellsItsPlace() {
        Answer answer = scene.put(scene.draft(AUTOMATED) + "/contents/a/en", "{\"text\":\"${Recipient.Shoe}\"}");

        assertThat(answer.status()).isEqualTo(422);
        var fault = answer.json().path("faults").get(0);
        assertThat(fault.path("code").asString()).isEqualTo("unknown_parameter");
        assertThat(fault.path("part").asString()).isEqualTo("source");
        assertThat(fault.path("line").intValue()).isEqualTo(1);
        assertThat(fault.path("column").intValue()).isPositive();
    }

    @Test
    void everyTextThatACampaignHadIsKept() {
        String path = scene.draft(AUTOMATED);
        assertThat(scene.put(path + "/contents/a/en", "{\"text\":\"one\"}").status()).isEqualTo(201);
        assertThat(scene.put(path + "/contents/a/en", "{\"text\":\"two\"}").status()).isEqualTo(200);
        assertThat(scene.put(path + "/contents/a/de", "{\"text\":\"zwei\"}").status()).isEqualTo(201);
        assertThat(api.delete(path + "/contents/a/en").status()).isEqualTo(204);
        assertThat(api.delete(path + "/contents/a/en").status()).isEqualTo(404);

        assertThat(api.get(path).json().path("contents").toString())
                .isEqualTo("[{\"variant\":\"a\",\"language\":\"de\",\"text\":\"zwei\"}]");
        List<String> kept = api.node.database.with(tx -> tx.list("""
                select h.language, coalesce(t.source, 'none') as source, h.by from campaign_content_changes h
                left join contents t on t.project_id = h.project_id and t.content_hash = h.content_hash
                where h.project_id = ? and h.campaign_id = ? order by h.change_id""", row -> row.text("language") + " "
                + row.text("source") + " " + row.text("by"), api.project.value(), id(path)));
        assertThat(kept).containsExactly(
                "en one operator:owner@acme.test", "en two operator:owner@acme.test",
                "de zwei operator:owner@acme.test", "en none operator:owner@acme.test");
    }

    private static int id(String path) {
        return (int) api.count("select campaign_id from campaigns where project_id = ? and slug = ?",
                api.project.value(), path.substring(path.lastIndexOf('/') + 1));
    }

    @Test
    void aRecipientReadsTheLanguageThatFitsBest() {
        var texts = new CampaignTexts(Map.of(key("a", "de"), text("de"), key("a", "pt-BR"), text("pt-BR"),
                key("a", "en"), text("en"), key("b", "fr"), text("fr")));

        assertThat(List.of("de", "de-AT", "DE", "pt-BR", "pt", "ja", "").stream().map(wanted ->
                texts.choose("a", wanted.isEmpty() ? null : wanted, "en").orElseThrow().content().source()).toList())
                .containsExactly("de", "de", "de", "pt-BR", "en", "en", "en");
        assertThat(texts.choose("b", "de", "en").orElseThrow().key()).as("the only one").isEqualTo(key("b", "fr"));
        assertThat(texts.choose("c", "de", "en")).isEmpty();
    }

    private static CampaignTexts.Key key(String variant, String language) {
        return new CampaignTexts.Key(variant, language);
    }

    private static Content text(String source) {
        return new Content("", "", Content.Format.TEXT, source, "");
    }

    @Test
    void aPreviewIsWhatTheCustomerWouldGet() {
        String path = scene.draft(AUTOMATED);
        scene.put(path + "/contents/a/en", GREETING);
        String ann = scene.customer("ann@preview.test", ",\"first_name\":\"Ann\"");

        Answer shown = api.send(Api.VIEWER, "POST", path + "/preview",
                "{\"customer\":\"" + ann + "\",\"custom\":{\"order\":17}}");

        assertThat(shown.text("subject")).isEqualTo("To Ann");
        assertThat(shown.text("html")).contains("<p>17 ");
        assertThat(shown.text("language")).isEqualTo("en");
        assertThat(shown.json().path("links").toString())
                .isEqualTo("[{\"number\":1,\"does\":\"unsubscribe_channel\",\"url\":\"\"}]");
        Answer missing = api.post(path + "/preview", "{\"email\":\"ann@preview.test\"}");
        assertThat(missing.code()).isEqualTo("text_refused");
        assertThat(missing.json().path("faults").get(0).path("code").asString()).isEqualTo("missing_value");
        assertThat(api.post(path + "/preview", "{\"email\":\"nobody@preview.test\"}").status()).isEqualTo(404);
        assertThat(api.post(path + "/preview", "{\"email\":\"ann@preview.test\",\"language\":\"de\"}").field())
                .isEqualTo("variant");
        assertThat(api.post(path + "/preview", "{}").field()).isEqualTo("email");
    }

    @Test
    void aTestIsQueuedToWhoWantsToSeeIt() {
        String path = scene.draft(AUTOMATED);
        scene.put(path + "/contents/a/en", GREETING);
        scene.customer("bea@test.test", ",\"first_name\":\"Bea\"");
        String body = "{\"to\":\"Me@Acme.test\",\"email\":\"bea@test.test\",\"custom\":{\"order\":\"x\"}}";

        Answer queued = api.post(path + "/test", body);

        assertThat(queued.status()).isEqualTo(202);
        UUID message = Ids.parse("msg", queued.text("message")).orElseThrow();
        assertThat(row(message)).isEqualTo("campaign a en me@acme.test queued true {\"order\": \"x\"}");
        assertThat(api.post(path + "/test", body.replace("custom", "customs")).code()).isEqualTo("unknown_field");
        assertThat(api.post(path + "/test", body.replace(",\"custom\":{\"order\":\"x\"}", "")).code())
                .isEqualTo("text_refused");
        assertThat(api.post(path + "/test", body.replace("Me@Acme.test", "me")).field()).isEqualTo("to");
        assertThat(api.send(Api.VIEWER, "POST", path + "/test", body).status()).isEqualTo(403);
        assertThat(api.patch(path, "{\"topic\":\"news\"}").status()).as("a test is no sending").isEqualTo(200);
    }

    private static String row(UUID message) {
        return api.node.database.with(tx -> tx.one("""
                select concat_ws(' ', kind, variant, language, recipient, state, test, parameters) as line
                from messages where project_id = ? and message_id = ?""", row -> row.text("line"),
                api.project.value(), message)).orElseThrow().replace(" t ", " true ").replace(" f ", " false ");
    }

    @Test
    void aReadyCampaignIsSentToOneCustomerOnce() {
        String path = scene.ready(AUTOMATED, GREETING);
        scene.customer("cem@send.test", "");

        Answer queued = once(path, "key-1");

        assertThat(queued.status()).isEqualTo(202);
        UUID message = Ids.parse("msg", queued.text("message")).orElseThrow();
        assertThat(row(message)).isEqualTo("campaign cem@send.test queued false {\"order\": {\"id\": 5}}");
        assertThat(once(path, "key-1").text("message")).isEqualTo(queued.text("message"));
        assertThat(once(path, "key-2").status()).isEqualTo(202);
        assertThat(api.count("select count(*) from messages where project_id = ? and campaign_id = ?",
                api.project.value(), id(path))).isEqualTo(2);
        assertThat(api.post(path + "/reopen", "").text("reason")).isEqualTo("already_sent");
        var given = api.node.database.with(tx -> GivenStore.find(tx, api.project, List.of(message)));
        assertThat(given.get(message).custom().get("order").toString()).isEqualTo("{id=5}");
        assertThat(given.get(message).test()).isFalse();
    }

    private static Answer once(String path, String key) {
        var response = api.exchange(api.request(path + "/messages").header("Authorization", "Bearer " + Api.KEY)
                .header("Content-Type", "application/json").header("Idempotency-Key", key)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"email\":\"cem@send.test\",\"custom\":{\"order\":{\"id\":5}}}")));
        return new Answer(response.statusCode(), response,
                io.countersign.server.platform.http.Json.parse(response.body()));
    }

    @Test
    void onlyACampaignThatIsReadyAndNotBulkIsSent() {
        scene.customer("dan@send.test", "");
        String to = "{\"email\":\"dan@send.test\"}";
        assertThat(api.post(scene.draft(AUTOMATED) + "/messages", to).code()).isEqualTo("conflict");
        assertThat(api.post(scene.ready("\"kind\":\"bulk\",\"brand\":\"shop\",\"audience\":{\"status\":\"subscribed\"}",
                CampaignScene.UNSUBSCRIBABLE) + "/messages", to).code()).isEqualTo("conflict");
        String path = scene.ready(AUTOMATED, CampaignScene.UNSUBSCRIBABLE);
        assertThat(api.post(path + "/messages", "{\"email\":\"nobody@send.test\"}").status()).isEqualTo(404);
        assertThat(api.post(path + "/messages", "{\"customer\":\"cus_x\"}").status()).isEqualTo(404);
        assertThat(api.post(path + "/messages", "{\"email\":\"dan@send.test\",\"custom\":{\"x\":\"" + "y".repeat(17_000)
                + "\"}}").field()).isEqualTo("custom");
        api.post(path + "/pause", "");
        assertThat(api.post(path + "/messages", to).code()).isEqualTo("conflict");
        assertThat(api.send(Api.VIEWER, "POST", path + "/messages", to).status()).isEqualTo(403);
    }

    /** CA5: a contact that somebody only claims gets what everybody needs, and nothing else. */
    @Test
    void onlyTransactionalCampaignsGoToOtherContacts() {
        String eve = scene.customer("eve@send.test", "");
        api.apply(Submission.of(api.command(new Who.ById(Ids.parse("cus", eve).orElseThrow()),
                new Change.ConfirmContact(ContactType.EMAIL, "eve@send.test", api.node.clock.instant()),
                new Change.FillContact(ContactType.EMAIL, "new@send.test", ContactRoute.VERIFYING))));
        String other = "{\"customer\":\"" + eve + "\",\"contact\":\"non_primary\"}";

        assertThat(api.post(scene.ready(AUTOMATED, CampaignScene.UNSUBSCRIBABLE) + "/messages", other).field())
                .isEqualTo("contact");
        Answer sent = api.post(scene.ready(TRANSACTIONAL, CampaignScene.UNSUBSCRIBABLE) + "/messages", other);

        assertThat(sent.status()).as(sent.response().body()).isEqualTo(202);
        assertThat(row(Ids.parse("msg", sent.text("message")).orElseThrow())).contains("new@send.test");
    }

    /** The code's challenge is opened by the message that carries it. */
    @Test
    void aCodeInTheTextIsOneThatCanBeAnswered() {
        String path = scene.ready(TRANSACTIONAL, "{\"subject\":\"x\",\"html\":\"${Recipient.AuthentificationCode}\"}");
        scene.customer("fay@send.test", "");

        assertThat(api.post(path + "/messages", "{\"email\":\"fay@send.test\"}").status()).isEqualTo(202);

        assertThat(api.count("""
                select count(*) from messages m join challenges h on h.project_id = m.project_id
                    and h.challenge_id = m.challenge_id
                where m.project_id = ? and m.recipient = 'fay@send.test' and h.purpose = 'authorize'""",
                api.project.value())).isEqualTo(1);
        assertThat(api.post(path + "/messages", "{\"email\":\"fay@send.test\"}").code()).isEqualTo("rate_limited");
    }
}
