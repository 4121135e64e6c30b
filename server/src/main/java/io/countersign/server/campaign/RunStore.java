package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.activity.CampaignEventRows;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table {@code campaigns} as far as campaigns go on by themselves. */
final class RunStore {
    private static final int MOST = 1000;

    private RunStore() {}

    /** A campaign that may have something to be done. */
    record Running(ProjectId project, int campaign) {}

    /** Those that are being sent, and those whose time to begin has come; whatever the project, and only read. */
    static List<Running> running(Tx tx, Instant now) throws SQLException {
        return tx.list("""
                select project_id, campaign_id from campaigns
                where kind = 'bulk' and deleted_at is null
                  and (state = 'sending' or state = 'ready' and send_at <= ?)
                order by project_id, campaign_id limit ?""",
                row -> new Running(new ProjectId(row.integer("project_id")), row.integer("campaign_id")), now, MOST);
    }

    /** Takes a campaign for this transaction; false when it is another's, or its state has changed. */
    static boolean lock(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("""
                select 1 as mine from campaigns
                where project_id = ? and campaign_id = ? and state = ? and deleted_at is null
                for no key update skip locked""",
                row -> row.integer("mine"), campaign.project().value(), campaign.id(), Names.of(campaign.state()))
                .isPresent();
    }

    static void begin(Tx tx, Campaign campaign, CampaignState to, Instant now) throws SQLException {
        tx.update("""
                update campaigns set state = ?, started_at = ?, changed_at = ?
                where project_id = ? and campaign_id = ?""",
                Names.of(to), now, now, campaign.project().value(), campaign.id());
        CampaignEventRows.note(tx, campaign.project(), campaign.id(), Names.of(to), now);
    }

    /** Its recipients are rows of messages from here on. */
    static void frozen(Tx tx, Campaign campaign, Instant now) throws SQLException {
        tx.update("update campaigns set frozen_at = ?, changed_at = ? where project_id = ? and campaign_id = ?",
                now, now, campaign.project().value(), campaign.id());
    }

    static boolean isAllSent(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("""
                select 1 as found from messages
                where project_id = ? and campaign_id = ? and bulk and state in ('queued', 'sending') limit 1""",
                row -> row.integer("found"), campaign.project().value(), campaign.id()).isEmpty();
    }

    static void complete(Tx tx, Campaign campaign, CampaignState to, Instant now) throws SQLException {
        tx.update("""
                update campaigns set state = ?, done_at = ?, changed_at = ?
                where project_id = ? and campaign_id = ?""",
                Names.of(to), now, now, campaign.project().value(), campaign.id());
        CampaignEventRows.note(tx, campaign.project(), campaign.id(), Names.of(to), now);
    }
}
