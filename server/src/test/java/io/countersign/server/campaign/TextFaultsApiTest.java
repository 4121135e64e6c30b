package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What authors are told of texts that are wrong: when, with which code, and in words of ours. */
final class TextFaultsApiTest {
    private static final String AUTOMATED = "\"kind\":\"automated\",\"brand\":\"shop\"";
    private static final String LEAVE = " <a data-link=\"unsubscribe-channel\">Leave</a>";

    private static CampaignScene scene;

    @BeforeAll
    static void open() {
        scene = new CampaignScene();
        scene.customer("ann@faults.test", "");
        scene.api.post("/v1/promo-pools", "{\"slug\":\"empty\",\"name\":\"Empty\"}");
        scene.api.post("/v1/promo-pools", "{\"slug\":\"full\",\"name\":\"Full\"}");
        scene.api.update("""
                insert into promo_codes (project_id, pool_id, code)
                select project_id, pool_id, 'FREE-1' from promo_pools where slug = 'full'""");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    private static Answer put(String path, String html) {
        ObjectNode text = Json.object().put("subject", "x").put("html", "<p>" + html + "</p>");
        return scene.put(path + "/contents/a/en", Json.writeText(text));
    }

    private static Answer preview(String path) {
        return scene.api.post(path + "/preview", Json.writeText(Json.object().put("email", "ann@faults.test")
                .set("custom", Json.object().put("big", "x".repeat(9_000)).put("n", 1_000_000).put("word", "tea")
                        .put("url", "javascript:alert(1)"))));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "${Recipient.FirstNam}                                                                   | unknown_parameter",
        "${Recipient.FirstName                                                                   | syntax",
        "<#if true>open                                                                          | syntax",
        "<#include \"x\">                                                                        | forbidden",
        "${Recipient.Email?eval}                                                                 | forbidden",
        "<script>x</script>                                                                      | forbidden",
        "${Recipient.FirstName}                                                                  | missing_value",
        "${Recipient.Fields.city.street}                                                         | missing_value",
        "${CustomParameters.word * 2}                                                            | wrong_type",
        "<#list CustomParameters.word as x>y</#list>                                             | wrong_type",
        "<#if CustomParameters.word>y</#if>                                                      | wrong_type",
        "${CustomParameters.word?string(\"0.00\")}                                               | wrong_type",
        "<#list CustomParameters.none as x>y</#list>                                             | missing_value",
        "<#assign x = CustomParameters.none>                                                     | missing_value",
        "<#list 1..1000 as a><#list 1..1000 as b></#list></#list>                                | limit",
        "<#assign s = \"ab\"><#list 1..60 as i><#assign s = s + s></#list>                       | limit",
        "${Message.SendingDateTime.AddDays(CustomParameters.n)}                                  | limit",
        "<#list 1..900 as a>${CustomParameters.big}</#list>                                      | too_long",
        "<a href=\"${CustomParameters.url}\">x</a>                                               | link",
        "${Recipient.LastReceivedPromoCode.WithType{empty}.Value}                                | no_promo_code",
    })
    void eachFaultIsToldInOneLineOfOurWordsWithItsPlace(String html, String code) {
        String path = scene.draft(AUTOMATED);
        Answer answer = put(path, html);
        answer = answer.status() == 201 ? preview(path) : answer;

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        JsonNode fault = answer.json().at("/faults/0");
        assertThat(fault.path("code").asString()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.text("detail")).contains(fault.path("message").asString()).hasSizeLessThan(500)
                .matches(code.equals("too_long") ? "source: .*" : "source, line 1, column [0-9]+: .*");
        assertThat(answer.response().body().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("ftl", "freemarker", "__", "stack", "\\n", "exception", "nesting");
    }

    /** What is given out when the message goes is a sample before; an empty pool is told as what it is. */
    @Test
    void aPreviewTakesNoCodeAndTellsOfAnEmptyPool() {
        String path = scene.draft(AUTOMATED);
        put(path, "${Recipient.LastReceivedPromoCode.WithType{full}.Value}");
        assertThat(preview(path).text("html")).contains("sample");
        assertThat(scene.api.count("select count(*) from promo_codes where issued_at is not null")).isZero();

        put(path, "${Recipient.LastReceivedPromoCode.WithType{empty}.Value}");

        assertThat(preview(path).text("detail")).contains("Recipient.LastReceivedPromoCode.WithType{empty}.Value",
                "no code of the pool empty");
        put(path, "${Recipient.LastReceivedPromoCode.WithType{empty}.Value!\"soon\"}");
        assertThat(preview(path).text("html")).contains("soon");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "${Recipient.LastReceivedPromoCode.WithType{nopool}.Value!1}                  | unknown_pool",
        "<#list Recipient.Recommendations.best as x>${x.Name}</#list>                 | unknown_algorithm",
        "<a href=\"${Message.TopicUnsubscribeLink}\">x</a>                            | topic_link_without_topic",
        "<a data-link=\"confirm-topic\">x</a>                                         | topic_link_without_topic",
        "<a data-link=\"vote\" data-name=\"tea\">x</a>                                | unknown_answer",
    })
    void whatFinishingRefusesIsWarnedOfWhenTheTextIsWrittenAndShown(String html, String code) {
        String path = scene.draft(AUTOMATED);

        Answer put = put(path, html + LEAVE);

        assertThat(put.status()).as(put.response().body()).isEqualTo(201);
        assertThat(codes(put, "warnings")).containsExactly(code);
        Answer shown = preview(path);
        if (!code.equals("unknown_algorithm")) { // which cannot be filled either
            assertThat(codes(shown, "warnings")).containsExactly(code);
        }
        assertThat(codes(scene.api.post(path + "/finish", ""), "faults")).containsExactly(code);
    }

    private static List<String> codes(Answer answer, String list) {
        return answer.json().path(list).valueStream().map(one -> one.path("code").asString()).toList();
    }

    @Test
    void anAudienceOfACampaignThatDoesNotExistIsRefused() {
        String path = scene.draft("\"kind\":\"bulk\",\"brand\":\"shop\",\"audience\":{\"received\":\"nope\"}");
        put(path, "x" + LEAVE);

        Answer answer = scene.api.post(path + "/finish", "");

        assertThat(answer.json().at("/faults/0/at").asString()).isEqualTo("audience");
        assertThat(codes(answer, "faults")).containsExactly("unknown_campaign");
        scene.api.patch(path, "{\"audience\":{\"clicked\":\"" + path.substring("/v1/campaigns/".length()) + "\"}}");
        assertThat(scene.api.post(path + "/finish", "").text("state")).isEqualTo("ready");
    }
}
