package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /v1/sending-profiles}, and polls of campaigns. */
final class ProfilesApiTest {
    private static final String AUTOMATED = "\"kind\":\"automated\",\"brand\":\"shop\"";

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

    /** PO2: links name answers of the campaign's poll, and no others. */
    @Test
    void aTextVotesForAnswersOfTheCampaignsPoll() {
        api.post("/v1/polls", "{\"slug\":\"taste\",\"brand\":\"shop\",\"question\":\"?\","
                + "\"answers\":[{\"name\":\"sweet\",\"label\":\"Sweet\"},{\"name\":\"salty\",\"label\":\"Salty\"}]}");
        String path = scene.draft(AUTOMATED);
        scene.put(path + "/contents/a/en", "{\"subject\":\"x\",\"html\":\"<a data-link=\\\"vote\\\" "
                + "data-name=\\\"sweet\\\">go</a>\"}");
        assertThat(api.post(path + "/finish", "").json().path("faults").get(0).path("code").asString())
                .isEqualTo("unknown_answer");
        assertThat(api.patch(path, "{\"poll\":\"none\"}").field()).isEqualTo("poll");
        assertThat(api.patch(path, "{\"brand\":\"strict\",\"poll\":\"taste\"}").field()).isEqualTo("poll");

        assertThat(api.patch(path, "{\"poll\":\"taste\"}").text("poll")).isEqualTo("taste");

        assertThat(api.post(path + "/finish", "").text("state")).isEqualTo("ready");
    }

    @Test
    void profilesAreBuiltFromTheChecks() {
        assertThat(api.get("/v1/sending-profiles").json().path("sending_profiles").valueStream()
                .map(one -> one.path("slug").asString()).toList()).startsWith("standard", "opt_in", "transactional");
        Answer made = api.post("/v1/sending-profiles",
                "{\"slug\":\"remind\",\"name\":\"Reminder\",\"awaiting\":true,\"frequency\":false}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("subscription").booleanValue()).isFalse();
        assertThat(api.post("/v1/sending-profiles", "{\"slug\":\"remind\",\"name\":\"x\"}").code())
                .isEqualTo("conflict");
        assertThat(api.post("/v1/sending-profiles", "{\"slug\":\"opt_in\",\"name\":\"x\"}").code())
                .isEqualTo("conflict");
        assertThat(api.post("/v1/sending-profiles",
                "{\"slug\":\"both\",\"name\":\"x\",\"awaiting\":true,\"subscription\":true}").field())
                .isEqualTo("awaiting");
        assertThat(api.patch("/v1/sending-profiles/opt_in", "{\"name\":\"x\"}").code()).isEqualTo("conflict");
        assertThat(api.send(Api.OTHER_OWNER, "DELETE", "/v1/sending-profiles/remind").status()).isEqualTo(404);

        String path = scene.ready(AUTOMATED + ",\"profile\":\"remind\"",
                "{\"subject\":\"x\",\"html\":\"${Ticket.EmailConfirmationLinkTicket}\"}");

        assertThat(scene.optIns("shop")).contains(path);
        Answer refused = api.patch("/v1/sending-profiles/remind", "{\"validity\":false}");
        assertThat(refused.code()).isEqualTo("conflict");
        assertThat("/v1/campaigns/" + refused.json().path("campaigns").get(0).asString()).isEqualTo(path);
        assertThat(api.patch("/v1/sending-profiles/remind", "{\"name\":\"Again\"}").text("name")).isEqualTo("Again");
        assertThat(api.delete("/v1/sending-profiles/remind").code()).isEqualTo("conflict");
        api.delete(path);
        assertThat(api.delete("/v1/sending-profiles/remind").status()).isEqualTo(204);
    }

    @Test
    void aProfileThatIgnoresTheSubscriptionIsForTransactionalCampaigns() {
        api.post("/v1/sending-profiles", "{\"slug\":\"free\",\"name\":\"Free\",\"subscription\":false}");
        assertThat(api.post("/v1/campaigns", "{\"slug\":\"f\",\"name\":\"x\",\"kind\":\"automated\",\"brand\":\"shop\","
                + "\"profile\":\"free\"}").field()).isEqualTo("profile");
        scene.ready("\"kind\":\"transactional\",\"brand\":\"shop\",\"profile\":\"free\"", CampaignScene.UNSUBSCRIBABLE);

        api.post("/v1/sending-profiles", "{\"slug\":\"turned\",\"name\":\"Turned\"}");
        String path = scene.draft(AUTOMATED + ",\"profile\":\"turned\"");
        scene.put(path + "/contents/a/en", CampaignScene.UNSUBSCRIBABLE);
        api.patch("/v1/sending-profiles/turned", "{\"subscription\":false}");
        assertThat(api.post(path + "/finish", "").json().path("faults").get(0).path("code").asString())
                .isEqualTo("profile_not_usable");
    }
}
