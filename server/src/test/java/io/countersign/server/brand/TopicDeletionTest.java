package io.countersign.server.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** TR8: a deleted topic is hidden, customers are unsubscribed from it, its name stays in the history with a mark. */
class TopicDeletionTest {
    private static final String NEWS = "/v1/brands/shop/topics/news";
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private String customer(String email, String topic, String status) {
        Answer answer = api.post("/v1/customers", """
                {"contacts":{"email":"%s"},"subscriptions":[{"brand":"shop","channel":"email","status":"subscribed"},
                 {"brand":"shop","channel":"email","topic":"%s","status":"%s"}]}""".formatted(email, topic, status));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.text("id");
    }

    private List<JsonNode> ofTopic(String customer) {
        var rows = new ArrayList<JsonNode>();
        api.get("/v1/customers/" + customer).json().path("history").forEach(row -> {
            if (row.path("topic").asString("").equals("news")) {
                rows.add(row);
            }
        });
        return rows;
    }

    private void campaign(String slug, String state, String profile, String topic) {
        api.update("""
                insert into campaigns (project_id, slug, name, brand_id, channel, topic_id, kind, profile, state,
                                       created_by, created_at, changed_at)
                select b.project_id, ?, ?, b.brand_id, 'email', t.topic_id, 'automated', ?, ?, 'test', now(), now()
                from brands b join topics t using (project_id, brand_id)
                where b.project_id = ? and b.slug = 'shop' and t.slug = ?""", slug, slug, profile, state,
                api.project.value(), topic);
    }

    @Test
    void itIsHiddenAtOnce_andItsSubscribersAreUnsubscribedByAndBy() {
        String subscribed = customer("a@example.org", "news", "subscribed");
        String waiting = customer("b@example.org", "news", "requires_confirmation");
        String other = customer("c@example.org", "vip", "subscribed");
        assertThat(api.delete(NEWS).status()).isEqualTo(204);
        assertThat(api.get(NEWS).status()).isEqualTo(404);
        assertThat(api.delete(NEWS).status()).isEqualTo(404);
        assertThat(api.get("/v1/customers/" + subscribed).json().path("subscriptions").toString())
                .doesNotContain("news");
        assertThat(api.get("/v1/brands/shop").json().path("topics").toString()).isEqualTo("[\"vip\"]");

        api.topicDeletions.carryOut();
        for (String id : List.of(subscribed, waiting)) {
            JsonNode last = ofTopic(id).getLast();
            assertThat(last.path("after").asString()).isEqualTo("unsubscribed");
            assertThat(last.path("source").asString()).isEqualTo("topic_deletion");
            assertThat(last.path("actor").asString()).isEqualTo("operator:owner@acme.test");
            assertThat(last.path("topic_name").asString()).isEqualTo("News");
            assertThat(last.path("topic_deleted").booleanValue()).isTrue();
        }
        assertThat(ofTopic(other)).isEmpty();
        assertThat(api.get("/v1/customers/" + other).json().path("history").toString())
                .contains("\"topic\":\"vip\",\"before\":\"no_data\"").contains("\"topic_deleted\":false");
    }

    @Test
    void whatAnotherNodeSubscribesMeanwhile_isFoundByALaterLook() {
        assertThat(api.delete(NEWS).status()).isEqualTo(204);
        api.topicDeletions.carryOut();
        assertThat(api.count("select count(*) from topic_deletions")).isOne();
        String late = customer("late@example.org", "vip", "subscribed");
        api.update("""
                update subscriptions set topic_id = (select topic_id from topics
                                                     where project_id = ? and slug = 'news')
                where project_id = ? and topic_id > 0""", api.project.value(), api.project.value());
        api.node.clock.advance(Duration.ofMinutes(1));
        api.topicDeletions.carryOut();
        api.topicDeletions.carryOut();
        assertThat(ofTopic(late).getLast().path("after").asString()).isEqualTo("unsubscribed");
        assertThat(api.count("select count(*) from topic_deletions")).isZero();
    }

    @Test
    void moreThanABatchIsCarriedOutToo() {
        customer("first@example.org", "news", "subscribed");
        many(500);
        api.delete(NEWS);
        api.topicDeletions.carryOut();
        assertThat(unsubscribed()).isEqualTo(501);
    }

    @Test
    void aNewTopicOfTheSameSlug_inherits() {
        String id = customer("again@example.org", "news", "unsubscribed");
        api.delete(NEWS);
        assertThat(api.post("/v1/brands/shop/topics", "{\"slug\":\"news\",\"name\":\"News\"}").status()).isEqualTo(201);
        assertThat(api.get("/v1/customers/" + id).json().path("subscriptions").toString()).contains("""
                "topic":"news","status":"subscribed","explicit":false""");
    }

    @Test
    void formsAskForItNoMore_andShowWhatTheyAskForInANewVersion() {
        int version = api.catalog().form("newsletter").orElseThrow().version();
        api.delete(NEWS);
        var form = api.catalog().form("newsletter").orElseThrow();
        assertThat(form.topics()).isEmpty();
        assertThat(form.version()).isEqualTo(version + 1);
    }

    @Test
    void aTopicOfALiveCampaignStays_andTheCampaignIsNamed() {
        campaign("weekly", "ready", "standard", "news");
        campaign("sketch", "draft", "standard", "news");
        Answer refused = api.delete(NEWS);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("topic_in_use");
        assertThat(refused.json().path("campaigns").toString())
                .isEqualTo("[{\"slug\":\"weekly\",\"name\":\"weekly\",\"state\":\"ready\"}]");
        assertThat(api.get(NEWS).status()).isEqualTo(200);
        assertThat(api.delete("/v1/brands/shop/topics/vip").status()).isEqualTo(204);
    }

    @Test
    void whatAProcessThatDiedHadNotDone_theNextOneDoes() {
        customer("first@example.org", "news", "subscribed");
        many(300);
        api.delete(NEWS);
        api.topicDeletions.close(); // it ends after the batch that it is at
        api.topicDeletions.carryOut();
        assertThat(unsubscribed()).isEqualTo(200);
        new TopicDeletions(api.node.catalogs, api.customers, api.node.clock).carryOut();
        assertThat(unsubscribed()).isEqualTo(301);
    }

    private void many(int count) {
        api.update("""
                insert into customers (project_id, customer_id, created_at, changed_at, last_action_at)
                select ?, gen_random_uuid(), now(), now(), now() from generate_series(1, ?)""", api.project.value(),
                count);
        api.update("""
                insert into subscriptions (project_id, customer_id, brand_id, channel, topic_id, status, changed_at)
                select c.project_id, c.customer_id, t.brand_id, 'email', t.topic_id, 'subscribed', now()
                from customers c join topics t using (project_id)
                where c.project_id = ? and t.slug = 'news' on conflict do nothing""", api.project.value());
    }

    private long unsubscribed() {
        return api.count("""
                select count(*) from subscriptions s join topics t using (project_id, topic_id)
                where t.slug = 'news' and s.status = 'unsubscribed'""");
    }
}
