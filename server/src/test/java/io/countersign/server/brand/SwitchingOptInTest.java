package io.countersign.server.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.project.BrandStore;
import io.countersign.server.project.ProvisionException;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Switching double opt-in: what is shown first, and what is in the way. Each test has a brand of its own. */
class SwitchingOptInTest {
    private static final String OFF = "{\"double_opt_in\":{\"email\":false}}";
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static Api api;
    private final String slug = "brand-" + NEXT.incrementAndGet();
    private final String brand = "/v1/brands/" + slug;

    @BeforeAll
    static void start() {
        api = new Api();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @BeforeEach
    void create() {
        Answer made = api.post("/v1/brands", """
                {"slug":"%s","name":"Shop","double_opt_in":{"email":true}}""".formatted(slug));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    }

    private void campaign(String name, String channel, String profile, String state) {
        api.update("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state,
                                       created_by, created_at, changed_at)
                select project_id, ?, initcap(?), brand_id, ?, 'automated', ?, ?, 'test', now(), now()
                from brands where project_id = ? and slug = ?""", slug + name, name, channel, profile, state,
                api.project.value(), slug);
    }

    private void customer(String number, String node, String status) {
        Answer answer = api.post("/v1/customers", """
                {"external_ids":{"n":"%s"},"subscriptions":[{"brand":"%s"%s,"status":"%s"}]}"""
                .formatted(number, slug, node, status));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    }

    private static String email() {
        return ",\"channel\":\"email\"";
    }

    @Test
    void thePreviewCountsWhoIsWhere_andMovesNobody() {
        customer("1", email(), "subscribed");
        customer("2", email(), "requires_confirmation");
        customer("3", email(), "requires_confirmation");
        customer("4", "", "requires_confirmation");
        customer("5", "", "unsubscribed");
        api.post("/v1/customers", "{\"external_ids\":{\"n\":\"6\"}}");
        long everybody = api.count("select count(*) from customers");
        campaign("ask", "email", "opt_in", "ready");
        JsonNode preview = api.get(brand + "/double-opt-in?email=off").json();
        assertThat(preview.path("possible").booleanValue()).isFalse();
        JsonNode channel = preview.path("channels").get(0);
        assertThat(channel.path("now").booleanValue()).isTrue();
        assertThat(channel.path("then").booleanValue()).isFalse();
        assertThat(channel.path("customers").toString()).isEqualTo("""
                {"requires_confirmation":{"explicit":2,"implicit":1},"subscribed":{"explicit":1,"implicit":0},\
                "unsubscribed":{"explicit":0,"implicit":1},"no_data":%d}""".formatted(everybody - 5));
        assertThat(channel.path("moved").intValue()).isZero();
        assertThat(channel.path("stay_in_requires_confirmation").intValue()).isEqualTo(3);
        assertThat(channel.path("live_opt_in_campaigns").toString())
                .isEqualTo("[{\"slug\":\"" + slug + "ask\",\"name\":\"Ask\",\"state\":\"ready\"}]");
        assertThat(channel.path("ways").toString()).contains("""
                {"way":"append","instruction":"subscribe","node":"channel","now":"requires_confirmation",\
                "then":"subscribed","before":["no_data","requires_confirmation","subscribed","unsubscribed"]}""");
    }

    @Test
    void thePreviewOfAChannelThatStaysAsItIs_namesNoWay() {
        JsonNode preview = api.get(brand + "/double-opt-in?email=on&sms=on").json();
        assertThat(preview.path("possible").booleanValue()).isTrue();
        assertThat(preview.path("channels").get(0).path("ways")).isEmpty();
        assertThat(preview.path("channels").get(1).path("channel").asString()).isEqualTo("sms");
        assertThat(preview.path("channels").get(1).path("ways")).isNotEmpty();
        assertThat(api.get(brand + "/double-opt-in").code()).isEqualTo("missing_field");
        assertThat(api.get(brand + "/double-opt-in?email=maybe").code()).isEqualTo("invalid_value");
    }

    @ParameterizedTest
    @CsvSource({"ready", "sending", "paused"})
    void liveOptInCampaignsKeepItOn_andAreNamed(String state) {
        campaign("ask", "email", "opt_in", state);
        Answer refused = api.patch(brand, OFF);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("live_opt_in_campaigns");
        assertThat(refused.field()).isEqualTo("double_opt_in.email");
        assertThat(refused.json().path("campaigns").toString())
                .isEqualTo("[{\"slug\":\"" + slug + "ask\",\"name\":\"Ask\",\"state\":\"" + state + "\"}]");
        assertThat(api.brand(slug).doubleOptIn().email()).isTrue();
        assertThat(api.patch(brand, "{\"name\":\"Shop!\"}").status()).isEqualTo(200);
        assertThat(api.patch(brand, "{\"double_opt_in\":{\"email\":true,\"sms\":false}}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"email,opt_in,draft", "email,opt_in,done", "sms,opt_in,ready", "email,standard,ready"})
    void campaignsThatAreNotLive_orNotOfTheChannel_orNotForThoseWhoWait_areNotInTheWay(String channel, String profile,
                                                                                      String state) {
        campaign("other", channel, profile, state);
        assertThat(api.patch(brand, OFF).status()).isEqualTo(200);
        assertThat(api.brand(slug).doubleOptIn().email()).isFalse();
    }

    @Test
    void aProfileOfTheProjectThatAwaits_countsAsOptIn_untilTheCampaignIsDeletedOrGetsAnother() {
        api.update("""
                insert into sending_profiles (project_id, slug, name, subscription, validity, frequency, awaiting,
                                              changed_at)
                values (?, 'reminder', 'Reminder', false, true, false, true, now())""", api.project.value());
        campaign("ask", "email", "reminder", "ready");
        campaign("again", "email", "opt_in", "ready");
        assertThat(api.patch(brand, OFF).json().path("campaigns").size()).isEqualTo(2);
        api.update("update campaigns set profile = 'standard' where slug = ?", slug + "ask");
        assertThat(api.patch(brand, OFF).json().path("campaigns").size()).isEqualTo(1);
        api.update("update campaigns set deleted_at = now() where slug = ?", slug + "again");
        assertThat(api.patch(brand, OFF).status()).isEqualTo(200);
    }

    @Test
    void anotherBrandsCampaignsAreNotInTheWay() {
        campaign("ask", "email", "opt_in", "ready");
        api.patch("/v1/brands/strict", "{\"double_opt_in\":{\"email\":true}}");
        assertThat(api.patch("/v1/brands/strict", OFF).status()).isEqualTo(200);
    }

    @Test
    void aFileIsRefusedAsWell_withItsLineAndPath() {
        campaign("ask", "email", "opt_in", "ready");
        String file = """
                projects:
                  - slug: acme
                    brands:
                      - slug: %s
                        name: Changed
                        double_opt_in:
                          email: %s
                """;
        assertThatThrownBy(() -> api.node.provision(file.formatted(slug, "false")))
                .isInstanceOfSatisfying(ProvisionException.class, refused -> assertThat(refused.errors())
                        .containsExactly("f.yaml:7: projects[0].brands[0].double_opt_in.email: cannot be switched off"
                                + " while these opt-in campaigns are live: " + slug + "ask"));
        assertThat(api.brand(slug).name()).isEqualTo("Shop");
        assertThat(api.node.provision(file.formatted(slug, "true")).changed()).isTrue();
        api.update("update campaigns set state = 'done' where slug = ?", slug + "ask");
        api.node.provision(file.formatted(slug, "false"));
        assertThat(api.brand(slug).doubleOptIn().email()).isFalse();
    }

    @Test
    void aCampaignThatBecomesLiveAtTheSameMoment_isSeen() throws Exception {
        campaign("ask", "email", "opt_in", "draft");
        var held = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var finishing = threads.submit(() -> api.node.database.transaction(tx -> {
                boolean on = BrandStore.hold(tx, api.project, api.brand(slug).id()).orElseThrow().email();
                held.countDown();
                await(go);
                return on && tx.update("update campaigns set state = 'ready' where slug = ?", slug + "ask") == 1;
            }));
            await(held);
            var switching = threads.submit(() -> api.patch(brand, OFF));
            while (api.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 0) {
                Thread.onSpinWait();
            }
            go.countDown();
            assertThat(finishing.get()).isTrue();
            assertThat(switching.get().code()).isEqualTo("live_opt_in_campaigns");
        }
        assertThat(api.brand(slug).doubleOptIn().email()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
