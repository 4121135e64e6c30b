package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.activity.CampaignEventRows;
import io.countersign.server.platform.Names;
import io.countersign.server.message.TakeStore;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The table {@code campaigns} as far as campaigns go on by themselves. */
final class RunStore {
    /** Of one project at a time, so that none takes the places of the others. */
    private static final int MOST = 200;
    private static final String OF_EACH_PROJECT = """
            select p.project_id, o.campaign_id from projects p
            join lateral (select c.campaign_id from campaigns c
                          where c.project_id = p.project_id and %s
                          order by c.campaign_id limit ?) as o on true
            order by p.project_id, o.campaign_id""";
    private static final Duration REMEMBERED = Duration.ofDays(30);

    /** Waiting, or left by a node that died on the way: such a mail may have gone, which nobody knows. */
    private static final String UNSENT = """
            m.state in ('queued', 'sending') and not exists (
                select from takes t where t.project_id = m.project_id and t.campaign_id = m.campaign_id and t.until > ?
                   and m.message_id = any(t.messages))""";

    private RunStore() {}

    /** A campaign that may have something to be done. */
    record Running(ProjectId project, int campaign) {}

    /** Those that are being sent, and those whose time to begin has come; whatever the project, and only read. */
    static List<Running> running(Tx tx, Instant now) throws SQLException {
        return ofEachProject(tx, """
                c.kind = 'bulk' and c.deleted_at is null
                and (c.state = 'sending' or c.state = 'ready' and c.send_at <= ?)""", now);
    }

    private static List<Running> ofEachProject(Tx tx, String condition, Object... parameters) throws SQLException {
        return tx.list(OF_EACH_PROJECT.formatted(condition),
                row -> new Running(new ProjectId(row.integer("project_id")), row.integer("campaign_id")),
                Stream.concat(Arrays.stream(parameters), Stream.of(MOST)).toArray());
    }

    /** Bulk campaigns that ended by hand, or were deleted, before all was sent. */
    static List<Running> over(Tx tx, Instant now) throws SQLException {
        return ofEachProject(tx, """
                c.kind = 'bulk' and (c.state = 'done' or c.deleted_at is not null) and c.changed_at > ?
                and exists (select from messages m where m.project_id = c.project_id and m.campaign_id = c.campaign_id
                              and m.bulk and\s""" + UNSENT + ")", now.minus(REMEMBERED), now);
    }

    /** What no longer goes says so; a batch at a time, answers how many. */
    static int leaveOut(Tx tx, Running over, int most, Instant now) throws SQLException {
        TakeStore.endLate(tx, over.project(), over.campaign(), now);
        return tx.update("""
                update messages m set state = 'skipped', reason = 'campaign_over', done_at = ?
                from (select m.message_id from messages m
                      where m.project_id = ? and m.campaign_id = ? and m.bulk and\s""" + UNSENT + """

                      limit ? for update skip locked) as n
                where m.project_id = ? and m.message_id = n.message_id""", now, over.project().value(),
                over.campaign(), now, most, over.project().value());
    }

    /** Automated campaigns that try several texts, have done so for long enough, and have no winner yet. */
    static List<Running> trials(Tx tx, Instant now) throws SQLException {
        return ofEachProject(tx, """
                c.kind <> 'bulk' and c.state = 'ready' and c.test is not null and c.winner is null
                and c.deleted_at is null and c.ready_at + (c.test ->> 'after')::interval <= ?""", now);
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
