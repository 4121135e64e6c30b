package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.subscription.Instruction;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.testing.Api;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Estimates, files, progress and winners of campaigns, over HTTP. */
final class RecipientsApiTest {
    private final BulkScene scene = new BulkScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anEstimateNamesHowManyAndWhyNotTheOthers() {
        scene.customer("a@example.org", Instruction.SUBSCRIBE);
        scene.customer("b@example.org", Instruction.UNSUBSCRIBE);
        scene.customer("c@example.org", Instruction.AWAIT_CONFIRMATION);
        scene.customer("d@example.org");
        scene.customer("e@example.org");
        scene.campaign("news", "{}", "standard", null);
        JsonNode estimate = scene.api.get("/v1/campaigns/news/estimate").json();
        assertThat(estimate.path("eligible").intValue()).isEqualTo(1);
        assertThat(estimate.path("left_out").toString())
                .isEqualTo("{\"not_subscribed\":2,\"requires_confirmation\":1,\"unsubscribed\":1}");
        assertThat(scene.api.send(Api.KEY, "GET", "/v1/campaigns/news/estimate").status()).isEqualTo(403);
        assertThat(scene.api.send(Api.OTHER_OWNER, "GET", "/v1/campaigns/news/estimate").status()).isEqualTo(404);
    }

    /** Table 3.1, "Bulk campaign sent to a file of emails". */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileSubscribesTheUnknownAndThoseWithoutDataAndNobodyElseWithOptInOnAndOff(boolean optIn) {
        scene.api.node.provision("projects: [ { slug: acme, brands: [ { slug: shop, double_opt_in: { email: " + optIn
                + " } } ] } ]");
        scene.customer("subscribed@example.org", Instruction.SUBSCRIBE);
        scene.customer("left@example.org", Instruction.UNSUBSCRIBE);
        scene.customer("asked@example.org", Instruction.AWAIT_CONFIRMATION);
        scene.customer("nodata@example.org");
        Campaign campaign = scene.campaign("file", "{}", "standard", null);
        assertThat(put("file", """
                Email
                new@example.org

                "Subscribed@Example.org"
                left@example.org
                asked@example.org
                nodata@example.org
                nonsense
                x@blocked.test
                new@example.org
                """).text("lines")).isEqualTo("8");
        assertThat(scene.find("file").settings().audience()).isEqualTo("{\"file\": true}");
        JsonNode before = scene.api.get("/v1/campaigns/file/estimate").json();
        assertThat(before.path("eligible").intValue()).as("nobody knows yet").isZero();
        assertThat(before.path("lines_waiting").intValue()).isEqualTo(6);
        scene.start("file");
        scene.runs.round();
        assertThat(scene.recipients(campaign)).containsExactlyInAnyOrder("new@example.org", "subscribed@example.org",
                "nodata@example.org");
        JsonNode report = scene.api.get("/v1/campaigns/file/recipients").json();
        assertThat(report.path("lines").valueStream().map(line -> line.path("line") + " " + line.path("outcome")
                .stringValue() + " " + line.path("reason").asString("-"))).containsExactly("2 subscribed -",
                "4 known -", "5 left_out unsubscribed", "6 left_out requires_confirmation", "7 subscribed -",
                "8 refused malformed", "9 refused blocked", "10 left_out duplicate");
        assertThat(report.path("numbers").toString())
                .isEqualTo("{\"known\":1,\"left_out\":3,\"refused\":2,\"subscribed\":2}");
        JsonNode known = scene.api.get("/v1/customers?email=new@example.org").json().at("/customers/0");
        assertThat(known.at("/subscriptions/0").path("status").stringValue()).isEqualTo("subscribed");
        assertThat(scene.lines("select page as line from consents where actor = 'operator:owner@acme.test' order by 1"))
                .containsExactly("campaign file, line 2", "campaign file, line 7");
    }

    @Test
    void withATopicOnlyTheTopicIsTouched() {
        Campaign campaign = scene.campaign("file", "{}", "standard", null);
        scene.topic("file", "news");
        put("file", "new@example.org\n");
        scene.start("file");
        scene.runs.round();
        assertThat(scene.recipients(campaign)).containsExactly("new@example.org");
        assertThat(scene.lines("select channel || ' ' || topic_id as line from subscriptions")).containsExactly("email "
                + scene.api.catalog().topic(scene.api.project, scene.shop.id(), "news").orElseThrow().id().value());
    }

    @Test
    void anotherFileReplacesTheFirstAndABrokenOneIsSentToNobody() {
        Campaign campaign = scene.campaign("file", "{}", "standard", null);
        put("file", "a@example.org\nb@example.org\n");
        put("file", "c@example.org\n");
        assertThat(scene.lines("select value as line from campaign_addresses")).containsExactly("c@example.org");
        assertThat(put("file", "d@example.org\ne@example.org,Eve\n").code()).isEqualTo("invalid_value");
        assertThat(scene.api.get("/v1/campaigns/file/recipients").json().path("complete").booleanValue()).isFalse();
        scene.start("file");
        scene.runs.round();
        assertThat(scene.recipients(campaign)).isEmpty();
        assertThat(put("file", "f@example.org\n").code()).isEqualTo("conflict");
    }

    @Test
    void aLongFileIsReadInPagesAndGoesOnWhereItWas() {
        Campaign campaign = scene.campaign("file", "{}", "standard", null);
        put("file", IntStream.range(0, 1_100).mapToObj(i -> "n%d@example.org\n".formatted(i))
                .collect(Collectors.joining()));
        scene.start("file");
        var addresses = new AddressQueue(scene.api.customers);
        assertThat(addresses.step(scene.find("file"))).isTrue();
        assertThat(scene.api.get("/v1/campaigns/file/recipients").json().path("numbers").toString())
                .isEqualTo("{\"waiting\":600,\"subscribed\":500}");
        scene.runs.round();
        assertThat(scene.recipients(campaign)).hasSize(1_100).doesNotHaveDuplicates();
        String cursor = scene.api.get("/v1/campaigns/file/recipients?limit=200").json().path("next").stringValue();
        assertThat(scene.api.get("/v1/campaigns/file/recipients?limit=2&cursor=" + cursor).json()
                .at("/lines/0/line").intValue()).isEqualTo(201);
    }

    @Test
    void progressCountsWhatBecameOfTheMessages() {
        for (int i = 0; i < 5; i++) {
            scene.customer("n" + i + "@example.org", Instruction.SUBSCRIBE);
        }
        Campaign campaign = scene.sending("news", "{}");
        scene.runs.round();
        List<String> ids = scene.lines("select message_id::text as line from messages order by message_id");
        finish("sent", null, ids.get(0));
        finish("skipped", "unsubscribed", ids.get(1));
        finish("failed", "refused_recipient", ids.get(2));
        scene.api.update("""
                insert into message_events (project_id, event_id, message_id, customer_id, campaign_id, variant, at,
                                            kind, automatic)
                select project_id, gen_random_uuid(), message_id, customer_id, campaign_id, variant, ?, k.kind,
                       k.machine
                from messages, (values ('open', false), ('open', false), ('click', true)) as k (kind, machine)
                where message_id = ?::uuid""", scene.now(), ids.get(0));
        JsonNode progress = scene.api.get("/v1/campaigns/news/progress").json();
        assertThat(progress.path("recipients").intValue()).isEqualTo(5);
        assertThat(progress.at("/variants/a").toString()).startsWith(
                "{\"queued\":2,\"sending\":0,\"sent\":1,\"failed\":1,\"skipped\":1,\"opens\":1,\"clicks\":0");
        assertThat(progress.path("skipped_by_reason").toString()).isEqualTo("{\"unsubscribed\":1}");
        assertThat(progress.path("failed_by_reason").toString()).isEqualTo("{\"refused_recipient\":1}");
        assertThat(progress.path("per_minute").intValue()).isEqualTo(1);
        assertThat(progress.path("estimated_end").stringValue()).isEqualTo(scene.now().plusSeconds(120).toString());
        assertThat(campaign.state()).isEqualTo(CampaignState.SENDING);
    }

    private void finish(String state, String reason, String message) {
        scene.api.update("update messages set state = ?, reason = ?, done_at = ? where message_id = ?::uuid", state,
                reason, scene.now(), message);
    }

    @Test
    void aWinnerIsChosenByHandOnce() {
        scene.customer("n@example.org", Instruction.SUBSCRIBE);
        scene.sending("trial", "{}", "standard",
                "{\"shares\":{\"a\":1,\"b\":1},\"by\":\"clicks\",\"after\":\"PT4H\",\"minimum\":1}");
        scene.runs.round();
        assertThat(scene.api.post("/v1/campaigns/trial/winner", "{\"variant\":\"c\"}").field()).isEqualTo("variant");
        assertThat(scene.api.send(Api.VIEWER, "POST", "/v1/campaigns/trial/winner", "{\"variant\":\"b\"}").status())
                .isEqualTo(403);
        assertThat(scene.api.post("/v1/campaigns/trial/winner", "{\"variant\":\"b\"}").text("winner")).isEqualTo("b");
        assertThat(scene.api.post("/v1/campaigns/trial/winner", "{\"variant\":\"a\"}").code()).isEqualTo("conflict");
        assertThat(scene.api.get("/v1/campaigns/trial").json().at("/test/winner_basis").toString())
                .isEqualTo("{\"basis\":\"by_hand\",\"decided_at\":\"%s\",".formatted(scene.now())
                        + "\"decided_by\":\"operator:owner@acme.test\",\"variants\":{}}");
        scene.sending("plain", "{}");
        assertThat(scene.api.post("/v1/campaigns/plain/winner", "{\"variant\":\"a\"}").code()).isEqualTo("conflict");
    }

    private Api.Answer put(String campaign, String csv) {
        var request = scene.api.request("/v1/campaigns/" + campaign + "/recipients").PUT(BodyPublishers.ofString(csv))
                .header("Content-Type", "text/csv").header("Authorization", "Bearer " + Api.OWNER);
        var response = scene.api.exchange(request);
        return new Api.Answer(response.statusCode(), response,
                Json.parse(response.body()));
    }

    @Test
    void ofTwoFilesAtTheSameTimeTheLaterIsTakenWhole() {
        Campaign campaign = scene.campaign("file", "{}", "standard", null);
        String first = IntStream.range(0, 12_000).mapToObj("first%d@example.org\n"::formatted)
                .collect(Collectors.joining());
        var before = new ByteArrayInputStream(first.substring(0, first.length() / 2).getBytes(StandardCharsets.UTF_8));
        var after = new ByteArrayInputStream(first.substring(first.length() / 2).getBytes(StandardCharsets.UTF_8));
        var second = new InputStream() {
            private boolean done;

            @Override
            public int read() {
                if (!done) {
                    done = true;
                    assertThat(put("file", "second@example.org\n").text("lines")).isEqualTo("1");
                }
                return -1;
            }
        };
        var taking = new AddressFileStore(scene.api.node.database, campaign,
                scene.api.catalog().project(scene.api.project).orElseThrow(), new UUID(1, 1));
        var body = new SequenceInputStream(Collections.enumeration(List.of(before, second, after)));
        assertThatThrownBy(() -> taking.take(body, scene.now())).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.CONFLICT));
        JsonNode report = scene.api.get("/v1/campaigns/file/recipients").json();
        assertThat(report.path("complete").booleanValue()).isTrue();
        assertThat(report.path("lines").valueStream().map(line -> line.path("value").asString()))
                .containsExactly("second@example.org");
    }
}
