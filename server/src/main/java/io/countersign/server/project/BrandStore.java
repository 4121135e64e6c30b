package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What keeps a brand as it is while campaigns stand on it: double opt-in is not switched off while live opt-in
 * campaigns exist (OFF1), and a topic is not deleted while live campaigns are about it. Whoever switches, deletes, or
 * makes a campaign live calls {@link #hold} first: the brand's row lets one through after the other.
 */
public final class BrandStore {
    private BrandStore() {}

    /**
     * A campaign that may still be sent.
     *
     * @param state {@code ready}, {@code sending} or {@code paused}
     */
    public record LiveCampaign(String slug, String name, String state) {}

    /**
     * Locks the brand until the transaction ends, and answers its switches as they are stored now, whatever a catalog
     * says; empty when there is no such brand.
     */
    public static Optional<DoubleOptIn> hold(Tx tx, ProjectId project, BrandId brand) throws SQLException {
        return tx.one("""
                select double_opt_in_email, double_opt_in_sms from brands
                where project_id = ? and brand_id = ? for update""",
                row -> new DoubleOptIn(row.flag("double_opt_in_email"), row.flag("double_opt_in_sms")),
                project.value(), brand.value());
    }

    /** Whether the topic is there; after {@link #hold} it stays so until the transaction ends. */
    public static boolean hasTopic(Tx tx, ProjectId project, TopicId topic) throws SQLException {
        return tx.one("select 1 as one from topics where project_id = ? and topic_id = ? and deleted_at is null",
                _ -> true, project.value(), topic.value()).isPresent();
    }

    /** The live campaigns of a brand that are sent only to those who await confirmation on this channel. */
    public static List<LiveCampaign> liveOptInCampaigns(Tx tx, ProjectId project, BrandId brand, Channel channel)
            throws SQLException {
        return tx.list("""
                select c.slug, c.name, c.state from campaigns c
                left join sending_profiles p on p.project_id = c.project_id and p.slug = c.profile
                where c.project_id = ? and c.brand_id = ? and c.channel = ? and c.deleted_at is null
                  and c.state in ('ready', 'sending', 'paused') and (c.profile = 'opt_in' or p.awaiting)
                order by c.slug limit 100""",
                BrandStore::campaign, project.value(), brand.value(), Names.of(channel));
    }

    /** What is in the way of switching these channels' opt-in off, after the brand is held; only channels with any. */
    static Map<Channel, List<LiveCampaign>> inTheWay(Tx tx, ProjectId project, BrandId brand, List<Channel> off)
            throws SQLException {
        var live = new EnumMap<Channel, List<LiveCampaign>>(Channel.class);
        Optional<DoubleOptIn> switches = off.isEmpty() ? Optional.empty() : hold(tx, project, brand);
        for (Channel channel : off) {
            List<LiveCampaign> found = switches.filter(held -> held.isOn(channel)).isEmpty() ? List.of()
                    : liveOptInCampaigns(tx, project, brand, channel);
            if (!found.isEmpty()) {
                live.put(channel, found);
            }
        }
        return live;
    }

    static Optional<BrandId> find(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one("select brand_id from brands where project_id = ? and slug = ?",
                row -> new BrandId(row.integer("brand_id")), project.value(), slug);
    }

    static Optional<TopicId> findTopic(Tx tx, Brand brand, String slug) throws SQLException {
        return tx.one("""
                select topic_id from topics
                where project_id = ? and brand_id = ? and slug = ? and deleted_at is null""",
                row -> new TopicId(row.integer("topic_id")), brand.project().value(), brand.id().value(), slug);
    }

    /** The live campaigns about a topic. */
    static List<LiveCampaign> liveCampaignsAbout(Tx tx, Topic topic) throws SQLException {
        return tx.list("""
                select slug, name, state from campaigns
                where project_id = ? and brand_id = ? and topic_id = ? and deleted_at is null
                  and state in ('ready', 'sending', 'paused')
                order by slug limit 100""",
                BrandStore::campaign, topic.project().value(), topic.brand().value(), topic.id().value());
    }

    private static LiveCampaign campaign(Row row) throws SQLException {
        return new LiveCampaign(row.text("slug"), row.text("name"), row.text("state"));
    }

    /**
     * Takes the topic out of the set-up and out of the forms that ask for it; its name stays for the history (TR8).
     * Files are applied before or after, not meanwhile.
     *
     * @return the live campaigns about it: with any, nothing was done; empty when the topic is gone already
     */
    public static Optional<List<LiveCampaign>> delete(Tx tx, Project project, Topic topic, Instant now)
            throws SQLException {
        Provisioning.alone(tx);
        hold(tx, topic.project(), topic.brand());
        if (!hasTopic(tx, topic.project(), topic.id())) {
            return Optional.empty();
        }
        List<LiveCampaign> live = liveCampaignsAbout(tx, topic);
        if (live.isEmpty()) {
            takeOut(tx, project, topic, now);
        }
        return Optional.of(live);
    }

    private static void takeOut(Tx tx, Project project, Topic topic, Instant now) throws SQLException {
        var shown = ShownForms.before(tx, List.of(project.slug()));
        int id = topic.id().value();
        tx.update("update topics set deleted_at = ?, changed_at = ? where project_id = ? and topic_id = ?", now, now,
                topic.project().value(), id);
        tx.update("""
                update forms set topic_ids = array_remove(topic_ids, ?), changed_at = ?
                where project_id = ? and ? = any(topic_ids)""", id, now, topic.project().value(), id);
        shown.countChanges(tx, List.of(project.slug()));
        SetupChangeRows.write(tx, topic.project().value(), SetupChangeRows.Change.DELETED,
                List.of("topic " + topic.slug() + " of " + project.slug()), now);
    }
}
