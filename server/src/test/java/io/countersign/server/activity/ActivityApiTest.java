package io.countersign.server.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Acting;
import io.countersign.server.platform.Ids;
import io.countersign.server.testing.Api;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A day in a project: people sign up, campaigns are made and sent, somebody changes the set-up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActivityApiTest {
    private Api api;
    private Ids ids;
    private Instant noon;
    private String ann;

    @BeforeAll
    void day() {
        api = new Api();
        ids = new Ids(api.node.clock, new SecureRandom());
        ann = Ids.show("cus", api.apply(api.signUp("ann@example.org")).customer().orElseThrow());
        api.node.clock.advance(Duration.ofHours(1));
        noon = api.node.clock.instant();
        int asking = campaign("please-confirm", "opt_in");
        int news = campaign("october-news", "standard");
        event(asking, "created", "operator:owner@acme.test");
        event(news, "created", "operator:owner@acme.test");
        event(asking, "started", "operator:owner@acme.test");
        event(asking, "done", "server");
        api.node.clock.advance(Duration.ofMillis(1));
        api.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                      recipient, state, reason, due_at, done_at, created_at, campaign_id,
                                      bulk)
                select project_id, ?, customer_id, 1, brand_id, 'email', 'campaign', recipient, 'skipped', 'suppressed',
                       due_at, due_at, ?, ?, true from messages where recipient = 'ann@example.org'""",
                ids.next(), noon, asking);
        api.update("""
                insert into message_events (project_id, event_id, message_id, customer_id, campaign_id, at, kind)
                select project_id, ?, message_id, customer_id, campaign_id, ?, 'open' from messages
                where campaign_id = ?""", ids.next(), noon, asking);
        api.node.clock.advance(Duration.ofHours(1));
        assertThat(api.patch("/v1/integrations/website", "{\"verify\":{\"email\":false}}").status()).isEqualTo(200);
    }

    @AfterAll
    void end() {
        api.close();
    }

    private int campaign(String slug, String profile) {
        return api.node.database.with(tx -> tx.one("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, created_by,
                                       created_at, changed_at)
                values (?, ?, ?, ?, 'email', 'bulk', ?, 'draft', 'x', now(), now()) returning campaign_id""",
                row -> row.integer("campaign_id"), api.project.value(), slug, slug, api.brand("shop").id().value(),
                profile)).orElseThrow();
    }

    private void event(int campaign, String change, String actor) {
        api.node.clock.advance(Duration.ofMillis(1));
        try {
            Acting.as(actor, () -> api.node.database.with(tx -> {
                CampaignEventRows.note(tx, api.project, campaign, change, api.node.clock.instant());
                return campaign;
            }));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode list(String parameters) {
        var answer = api.get("/v1/activity?" + parameters);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private List<String> told(String parameters) {
        return list(parameters).path("activity").valueStream().map(entry -> entry.path("kind").stringValue() + " "
                + entry.path("what").stringValue()).toList();
    }

    @Test
    void everythingIsInOneListNewestFirst() {
        assertThat(told("from=" + noon)).containsExactly("setup changed", "message open", "message skipped",
                "campaign done", "campaign started", "campaign created", "campaign created");
        assertThat(told("limit=200")).contains("change customer_created", "change subscription_changed",
                "message queued", "setup created");
    }

    /** Source 001, switching off, step 1: the campaigns with the opt-in profile are looked up in the event log. */
    @Test
    void campaignsAreFoundByTheirProfile() {
        JsonNode found = list("kind=campaign&profile=opt_in");
        assertThat(found.path("activity").valueStream().map(entry -> entry.path("campaign").stringValue()))
                .hasSize(3).containsOnly("please-confirm");
        assertThat(told("profile=opt_in")).containsExactly("message open", "message skipped", "campaign done",
                "campaign started", "campaign created");
        assertThat(told("kind=campaign&profile=transactional")).isEmpty();
    }

    @Test
    void eachFilterNarrows() {
        assertThat(told("campaign=october-news")).containsExactly("campaign created");
        assertThat(told("kind=campaign&actor=server")).containsExactly("campaign done");
        assertThat(told("brand=strict")).isEmpty();
        assertThat(told("brand=shop&kind=change")).contains("change subscription_changed");
        assertThat(told("channel=sms")).isEmpty();
        assertThat(told("customer=" + ann)).startsWith("message open", "message skipped")
                .contains("change customer_created").noneMatch(entry -> entry.startsWith("campaign"));
        assertThat(told("kind=message&to=" + noon)).containsExactly("message queued");
    }

    @Test
    void whoChangedTheSetUpIsTold() {
        JsonNode change = list("kind=setup&actor=operator:owner@acme.test").path("activity");
        assertThat(change.size()).isOne();
        assertThat(change.at("/0/detail/what").stringValue()).isEqualTo("integration website of acme");
        assertThat(list("kind=setup&actor=provisioning").path("activity").size()).isPositive();
    }

    @Test
    void pagesFollowEachOtherWithoutGaps() {
        List<String> all = ids(list("limit=200"));
        var paged = new ArrayList<String>();
        String next = "";
        do {
            JsonNode page = list("limit=3" + next);
            paged.addAll(ids(page));
            next = page.path("next").isNull() ? null : "&cursor=" + page.path("next").stringValue();
        } while (next != null);
        assertThat(paged).isEqualTo(all).doesNotHaveDuplicates();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("activity").valueStream().map(entry -> entry.path("id").stringValue()).toList();
    }

    /** A filter that nothing passes looks at one stretch a page, and the list goes on behind it. */
    @Test
    void aRareEntryIsFoundBehindManyOthers() {
        try (Api own = new Api()) {
            own.update("""
                    insert into history (project_id, history_id, customer_id, at, kind, change, source, actor)
                    select %d, lpad(to_hex(n), 32, '0')::uuid, gen_random_uuid(), now(), 'profile', 'changed', 'x',
                           case n when 7 then 'rare' else 'frequent' end
                    from generate_series(1, 4500) as n""".formatted(own.project.value()));
            int pages = 0;
            int found = 0;
            String next = "";
            do {
                var page = own.get("/v1/activity?kind=change&actor=rare" + next).json();
                found += page.path("activity").size();
                pages++;
                next = page.path("next").isNull() ? null : "&cursor=" + page.path("next").stringValue();
            } while (next != null);
            assertThat(found).isOne();
            assertThat(pages).isEqualTo(3);
        }
    }

    @Test
    void projectsAndRolesAreKeptApart() {
        assertThat(api.send(Api.VIEWER, "GET", "/v1/activity").status()).isEqualTo(200);
        assertThat(api.send(Api.KEY, "GET", "/v1/activity").status()).isEqualTo(403);
        assertThat(api.send(null, "GET", "/v1/activity").status()).isEqualTo(401);
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/activity?kind=change").json().path("activity").size())
                .isZero();
    }

    @Test
    void badParametersAreRefused() {
        for (String bad : List.of("kind=none", "customer=ann", "from=yesterday", "to=-1000000-01-01T00:00:00Z",
                "cursor=AAAA", "limit=0", "colour=red", "campaign=" + "x".repeat(401))) {
            assertThat(api.get("/v1/activity?" + bad).status()).as(bad).isEqualTo(400);
        }
    }
}
