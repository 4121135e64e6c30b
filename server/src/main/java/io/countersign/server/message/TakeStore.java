package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.BulkQueue.Lane;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The table {@code takes}: which messages of a campaign in bulk are under way, and until when their node must have been
 * heard of. The messages themselves stay as they are until something came of them.
 */
public final class TakeStore {
    private TakeStore() {}

    /** What is under way of a campaign; takes whose node was not heard of are ended first. */
    static Set<UUID> underWay(Tx tx, Lane lane, Instant now) throws SQLException {
        var messages = new HashSet<UUID>();
        boolean[] late = {false};
        tx.list("select until, messages from takes where project_id = ? and campaign_id = ?", row -> {
            boolean lives = row.instant("until").isAfter(now);
            late[0] |= !lives;
            return lives && messages.addAll(row.uuids("messages"));
        }, lane.project().value(), lane.campaign());
        if (late[0]) {
            endLate(tx, lane.project(), lane.campaign(), now);
        }
        return messages;
    }

    /**
     * Ends the takes of a campaign whose node was not heard of in time. It may have died of one of the messages, so it
     * counts as a try of each that is not done.
     */
    public static void endLate(Tx tx, ProjectId project, int campaign, Instant now) throws SQLException {
        tx.update("""
                with late as (
                    delete from takes where project_id = ? and campaign_id = ? and until <= ? returning messages)
                update messages m set attempts = m.attempts + 1
                from (select unnest(messages) as message_id from late) as l
                where m.project_id = ? and m.message_id = l.message_id and m.state in ('queued', 'sending')""",
                project.value(), campaign, now, project.value());
    }

    /** All takes are late; only for a node that is alone on its database. */
    static void endAll(Tx tx, Instant now) throws SQLException {
        record Late(ProjectId project, int campaign) {}
        for (Late late : tx.list("select distinct project_id, campaign_id from takes order by 1, 2",
                row -> new Late(new ProjectId(row.integer("project_id")), row.integer("campaign_id")))) {
            tx.update("update takes set until = ? where project_id = ? and campaign_id = ?", now,
                    late.project().value(), late.campaign());
            endLate(tx, late.project(), late.campaign(), now);
        }
    }

    static void add(Tx tx, Lane lane, UUID take, Collection<UUID> messages, Instant now) throws SQLException {
        tx.update("insert into takes (project_id, take_id, campaign_id, until, messages) values (?, ?, ?, ?, ?)",
                lane.project().value(), take, lane.campaign(), now.plus(MessageQueue.LEASE), uuids(messages));
    }

    static void renew(Tx tx, ProjectId project, Collection<UUID> takes, Instant now) throws SQLException {
        tx.update("update takes set until = ? where project_id = ? and take_id = any(?)",
                now.plus(MessageQueue.LEASE), project.value(), uuids(takes));
    }

    /** Messages that were taken and not begun are due again; no try of them is counted. */
    static void giveBack(Tx tx, ProjectId project, Collection<UUID> takes, Collection<UUID> messages)
            throws SQLException {
        tx.update("""
                update takes set messages = array(select id from unnest(messages) as n (id) where id <> all(?))
                where project_id = ? and take_id = any(?)""", uuids(messages), project.value(), uuids(takes));
    }

    /** Of these something came of each message. */
    static void end(Tx tx, ProjectId project, Collection<UUID> takes) throws SQLException {
        tx.update("delete from takes where project_id = ? and take_id = any(?)", project.value(), uuids(takes));
    }

    private static ArrayOf uuids(Collection<UUID> ids) {
        return ArrayOf.of("uuid", List.copyOf(ids));
    }
}
