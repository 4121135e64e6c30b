package io.countersign.server.campaign;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.List;

/** Campaigns in use that stand in the way of a change of set-up: those that are ready, sending or paused. */
public final class LiveCampaignStore {
    private static final int MOST = 100;

    private LiveCampaignStore() {}

    /** A campaign, as it is called. */
    public record Live(String slug, String name) {}

    /**
     * The live opt-in campaigns of a brand's channel (OFF1): those whose profile asks for customers who await the
     * confirmation. Whoever holds the brand's row for update knows that no other begins meanwhile.
     */
    public static List<Live> optIn(Tx tx, ProjectId project, BrandId brand, Channel channel) throws SQLException {
        return tx.list("""
                select c.slug, c.name from campaigns c
                where c.project_id = ? and c.brand_id = ? and c.channel = ? and c.deleted_at is null
                  and c.state in ('ready', 'sending', 'paused')
                  and (c.profile = 'opt_in' or exists (select from sending_profiles p
                        where p.project_id = c.project_id and p.slug = c.profile and p.awaiting))
                order by c.campaign_id limit ?""", LiveCampaignStore::live,
                project.value(), brand.value(), Names.of(channel), MOST);
    }

    /** The live campaigns of a topic. */
    public static List<Live> ofTopic(Tx tx, ProjectId project, BrandId brand, TopicId topic) throws SQLException {
        return tx.list("""
                select slug, name from campaigns
                where project_id = ? and brand_id = ? and topic_id = ? and deleted_at is null
                  and state in ('ready', 'sending', 'paused')
                order by campaign_id limit ?""", LiveCampaignStore::live,
                project.value(), brand.value(), topic.value(), MOST);
    }

    private static Live live(Row row) throws SQLException {
        return new Live(row.text("slug"), row.text("name"));
    }

    /** Whether confirmations are asked for on this channel now; it stays so until the transaction ends. */
    static boolean holdsOptIn(Tx tx, ProjectId project, BrandId brand, Channel channel) throws SQLException {
        return tx.one("""
                select case ? when 'sms' then double_opt_in_sms else double_opt_in_email end as opt_in
                from brands where project_id = ? and brand_id = ? for share""",
                row -> row.flag("opt_in"), Names.of(channel), project.value(), brand.value()).orElse(false);
    }
}
