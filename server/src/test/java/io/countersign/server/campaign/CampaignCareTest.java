package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.Instruction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is looked after now and then: campaigns that ended early, and automated ones that try texts. */
final class CampaignCareTest {
    private static final String TRIAL = """
            {"shares":{"a":50,"b":50},"by":"clicks","after":"PT4H","minimum":100,"confidence":0.95}""";

    private final BulkScene scene = new BulkScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatACampaignThatEndedByHandHadNotSentSaysSo() {
        for (int i = 0; i < 5; i++) {
            scene.customer("n" + i + "@example.org", Instruction.SUBSCRIBE);
        }
        Campaign campaign = scene.sending("news", "{}");
        scene.runs.round();
        scene.runs.leaveOut();
        assertThat(states(campaign)).containsExactly("queued");
        assertThat(scene.api.post("/v1/campaigns/news/complete", "{}").status()).isEqualTo(200);
        scene.runs.leaveOut();
        assertThat(states(campaign)).containsExactly("skipped campaign_over");
    }

    @Test
    void anAutomatedCampaignGoesOnWithATextOnceThatDidBetterForCertain() {
        Campaign campaign = automated();
        sent(campaign, "a", 150, 10);
        sent(campaign, "b", 150, 12);
        scene.runs.tryOut();
        assertThat(winner()).as("chance explains that").isEmpty();
        sent(campaign, "b", 150, 60);
        scene.runs.tryOut();
        assertThat(winner()).contains("b");
    }

    @Test
    void aTrialIsGivenItsTime() {
        Campaign campaign = automated();
        scene.api.update("update campaigns set ready_at = ?", scene.now().minus(Duration.ofHours(3)));
        sent(campaign, "a", 150, 1);
        sent(campaign, "b", 150, 90);
        scene.runs.tryOut();
        assertThat(winner()).isEmpty();
        scene.later(Duration.ofHours(1));
        scene.runs.tryOut();
        assertThat(winner()).contains("b");
    }

    /** Who looks all the time finds a difference by chance. */
    @Test
    void afterEachLookTwiceTheTimePassesBeforeTheNext() {
        Campaign campaign = automated();
        scene.later(Duration.ofHours(1));
        sent(campaign, "a", 150, 1);
        sent(campaign, "b", 150, 90);
        scene.runs.tryOut();
        scene.later(Duration.ofHours(2));
        scene.runs.tryOut();
        assertThat(winner()).as("seven hours after it began").isEmpty();
        scene.later(Duration.ofHours(1));
        scene.runs.tryOut();
        assertThat(winner()).contains("b");
    }

    private Optional<String> winner() {
        return scene.find("trial").test().orElseThrow().winner();
    }

    private List<String> states(Campaign campaign) {
        return scene.lines("select distinct concat_ws(' ', state, reason) as line from messages where campaign_id = ?",
                campaign.id());
    }

    private Campaign automated() {
        Campaign campaign = scene.campaign("trial", "{}", "standard", TRIAL);
        scene.api.update("update campaigns set kind = 'automated', ready_at = ?",
                scene.now().minus(Duration.ofHours(4)));
        return campaign;
    }

    /** So many messages of a variant, of which so many were clicked in. */
    private void sent(Campaign campaign, String variant, int messages, int clicked) {
        var customer = scene.customer(variant + System.identityHashCode(new Object()) + "@example.org");
        scene.api.update("""
                with made as (
                    insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                        recipient, state, due_at, created_at, done_at, campaign_id, variant)
                    select ?, gen_random_uuid(), ?, 1, ?, 'email', 'campaign', 'x@example.org', 'sent', ?, ?, ?, ?, ?
                    from generate_series(1, ?) as n
                    returning project_id, message_id, customer_id, campaign_id, variant, created_at)
                insert into message_events (project_id, event_id, message_id, customer_id, campaign_id, variant, at,
                    kind)
                select project_id, gen_random_uuid(), message_id, customer_id, campaign_id, variant, created_at, 'click'
                from made limit ?""", scene.api.project.value(), customer, scene.shop.id().value(), scene.now(),
                scene.now(), scene.now(), campaign.id(), variant, messages, clicked);
    }

    @Test
    void whatANodeThatDiedHadOnTheWayWaitsForNobodyOnceItsCampaignIsOver() {
        scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        Campaign campaign = scene.sending("news", "{}");
        scene.runs.round();
        scene.api.update("""
                insert into takes (project_id, take_id, campaign_id, until, messages)
                select project_id, gen_random_uuid(), campaign_id, ?, array_agg(message_id) from messages
                group by project_id, campaign_id""", scene.now().plusSeconds(30));
        scene.api.post("/v1/campaigns/news/complete", "{}");
        scene.runs.leaveOut();
        assertThat(states(campaign)).as("its node may live").containsExactly("queued");
        scene.later(Duration.ofSeconds(30));
        scene.runs.leaveOut();
        assertThat(states(campaign)).containsExactly("skipped campaign_over");
    }
}
