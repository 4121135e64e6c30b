package io.countersign.server.campaign;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.customer.Submission;
import io.countersign.server.project.Brand;
import io.countersign.server.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A project with campaigns, whose background work a test does by hand. */
final class BulkScene implements AutoCloseable {
    final Api api = new Api();
    final Brand shop = api.brand("shop");
    final CampaignRuns runs = new CampaignRuns(api.node.database, api.node.catalogs, api.customers, api.node.clock);

    /** A bulk campaign that is being sent, as soon as the background comes to it. */
    Campaign sending(String slug, String audience) {
        return sending(slug, audience, "standard", null);
    }

    Campaign sending(String slug, String audience, String profile, String test) {
        Campaign made = campaign(slug, audience, profile, test);
        start(slug);
        return find(made.slug());
    }

    void start(String slug) {
        api.update("update campaigns set state = 'sending', started_at = ? where slug = ?", now(), slug);
    }

    /** One that is ready. */
    Campaign campaign(String slug, String audience, String profile, String test) {
        api.update("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, audience, test,
                                       created_by, created_at, changed_at)
                values (?, ?, 'A campaign', ?, 'email', 'bulk', ?, 'ready', ?::jsonb, ?::jsonb,
                        'operator:owner@acme.test', ?, ?)
                """, api.project.value(), slug, shop.id().value(), profile, audience, test, now(), now());
        return find(slug);
    }

    /** A bulk campaign of another project, to everybody there. */
    void sendingElsewhere(String slug) {
        api.update("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, audience,
                                       created_by, created_at, changed_at, started_at)
                select b.project_id, ?, 'A campaign', b.brand_id, 'email', 'bulk', 'standard', 'sending',
                       '{"everybody":true}', 'operator:owner@other.test', ?, ?, ?
                from brands b where b.project_id <> ?""", slug, now(), now(), now(), api.project.value());
    }

    void topic(String campaign, String topic) {
        api.update("update campaigns set topic_id = ? where slug = ?",
                api.catalog().topic(api.project, shop.id(), topic).orElseThrow().id().value(), campaign);
    }

    Campaign find(String slug) {
        return api.node.database.with(tx -> CampaignStore.find(tx, api.project, slug)).orElseThrow();
    }

    /** A customer with this address, and what the shop's email channel says of them. */
    UUID customer(String email, Instruction... channel) {
        var changes = new ArrayList<Change>();
        changes.add(new Change.FillContact(ContactType.EMAIL, email, ContactRoute.NOT_VERIFYING));
        for (Instruction instruction : channel) {
            changes.add(new Change.SetSubscription(shop.id(), Node.of(Channel.EMAIL), Way.MANUAL, instruction));
        }
        return apply(new Who.Newcomer(), changes);
    }

    UUID apply(Who who, List<Change> changes) {
        return api.apply(Submission.of(api.command(who, changes.toArray(Change[]::new)))).customer().orElseThrow();
    }

    Instant now() {
        return api.node.clock.instant();
    }

    void later(Duration by) {
        api.node.clock.advance(by);
    }

    /** The addresses of a campaign's messages, in the order of their ids. */
    List<String> recipients(Campaign campaign) {
        return lines("select recipient as line from messages where campaign_id = ? order by message_id", campaign.id());
    }

    List<String> lines(String sql, Object... parameters) {
        return api.node.database.with(tx -> tx.list(sql, row -> row.text("line"), parameters));
    }

    Optional<String> line(String sql, Object... parameters) {
        return lines(sql, parameters).stream().findFirst();
    }

    @Override
    public void close() {
        api.close();
    }
}
