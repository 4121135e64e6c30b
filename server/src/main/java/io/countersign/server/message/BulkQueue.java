package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The messages of campaigns that chose their recipients beforehand: each campaign is a queue of its own. */
final class BulkQueue {
    /** Those that wait for the winner of an A/B test are not due before there is one. */
    private static final String SENDING = """
            c.state = 'sending' and c.frozen_at is not null and c.deleted_at is null""";

    private BulkQueue() {}

    /** A campaign with something due. */
    record Lane(ProjectId project, int campaign, String channel) {}

    /** The campaigns of all projects with something due: one read, so that taking always names its project. */
    static List<Lane> lanes(Tx tx, String channel, Instant now) throws SQLException {
        return tx.list("""
                select c.project_id, c.campaign_id from campaigns c
                where c.channel = ? and\s""" + SENDING + """

                  and exists (select 1 from messages m where m.project_id = c.project_id
                              and m.campaign_id = c.campaign_id and m.bulk and m.state in ('queued', 'sending')
                              and m.due_at <= ? and (m.variant is not null or c.winner is not null))
                order by c.project_id, c.campaign_id""",
                row -> new Lane(new ProjectId(row.integer("project_id")), row.integer("campaign_id"), channel),
                channel, now);
    }

    /**
     * Takes at most {@code most} due messages of a campaign, unless it is paused by now. Their order is that of the
     * index: a second column to order by would sort a million rows of one moment for each take.
     */
    static List<Taken> take(Tx tx, Lane lane, int most, Instant now) throws SQLException {
        return TakenRows.take(tx, lane.project(), """
                select m.message_id from messages m
                join campaigns c on c.project_id = m.project_id and c.campaign_id = m.campaign_id
                where m.project_id = ? and m.campaign_id = ? and m.bulk and m.state in ('queued', 'sending')
                  and m.due_at <= ? and (m.variant is not null or c.winner is not null) and\s""" + SENDING + """

                order by m.due_at
                limit ?
                for update of m skip locked""", now, lane.project().value(), lane.campaign(), now, most);
    }
}
