package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import io.countersign.server.testing.Meanwhile;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /v1/sending-profiles}, polls of campaigns, and what changes while a campaign that needs it is finished. */
final class ProfilesApiTest {
    private static final String AUTOMATED = "\"kind\":\"automated\",\"brand\":\"shop\"";

    private static final String CONFIRMING =
            "{\"subject\":\"x\",\"html\":\"<a data-link=\\\"confirm-channel\\\">Yes</a>\"}";

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

    @Test
    void aPollDoesNotGoToAnotherBrandWithItsCampaign() {
        assertThat(api.post("/v1/polls", "{\"slug\":\"ours\",\"brand\":\"shop\",\"question\":\"?\",\"answers\":"
                + "[{\"name\":\"a\",\"label\":\"A\"},{\"name\":\"b\",\"label\":\"B\"}]}").status()).isEqualTo(201);
        String path = scene.draft(AUTOMATED + ",\"poll\":\"ours\"");
        assertThat(api.get(path).text("poll")).isEqualTo("ours");
        assertThat(api.patch(path, "{\"brand\":\"strict\"}").json().path("poll").isNull()).isTrue();
    }

    @Test
    void optInThatIsSwitchedOffAtTheSameMomentIsSeen() throws Exception {
        String path = scene.draft(AUTOMATED + ",\"profile\":\"opt_in\"");
        scene.put(path + "/contents/a/en", CONFIRMING);
        assertThat(meanwhile(path, "update brands set double_opt_in_email = false where slug = 'shop'").code())
                .isEqualTo("opt_in_off");
        api.update("update brands set double_opt_in_email = true where slug = 'shop'");
        assertThat(api.post(path + "/finish", "").text("state")).isEqualTo("ready");
    }

    @Test
    void aProfileThatIsChangedAtTheSameMomentIsSeen() throws Exception {
        api.post("/v1/sending-profiles", "{\"slug\":\"calm\",\"name\":\"Calm\"}");
        String path = scene.draft("\"kind\":\"automated\",\"brand\":\"strict\",\"profile\":\"calm\"");
        scene.put(path + "/contents/a/en", CONFIRMING);
        assertThat(meanwhile(path, "update sending_profiles set awaiting = true, subscription = false"
                + " where slug = 'calm'").code()).as("strict asks for no confirmation").isEqualTo("opt_in_off");
    }

    /** What finishing the campaign comes to when somebody does this, and ends only after it has begun. */
    private static Answer meanwhile(String path, String sql) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = Meanwhile.of(api.node.database, tx -> tx.update(sql));
            var finishing = threads.submit(() -> api.post(path + "/finish", ""));
            other.awaitWaiter(finishing::isDone).close();
            return finishing.get();
        }
    }
}
