package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.MessageQueue.PutBack;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
     * What one take of a campaign found: no row of {@code takes} yet, so that what is put off can be left out.
     *
     * @param id of the take
     */
    record Found(UUID id, List<Taken> taken) {
        static final Found NOTHING = new Found(new UUID(0, 0), List.of());
    }

    /**
     * Finds at most {@code most} due messages of a campaign, unless it is paused by now. To the end of the transaction
     * the campaign is held: takes of several nodes go one after the other, each past those before it. The order is that
     * of the index: a second column to order by would sort a million rows of one moment for each take.
     */
    static Found find(Tx tx, Lane lane, int most, Instant now) throws SQLException {
        record Open(UUID take, boolean won) {}
        Optional<Open> open = tx.one("""
                select gen_random_uuid() as take_id, c.winner is not null as won from campaigns c
                where c.project_id = ? and c.campaign_id = ? and\s""" + SENDING + """

                for no key update""", row -> new Open(row.uuid("take_id"), row.flag("won")), lane.project().value(),
                lane.campaign());
        if (open.isEmpty()) {
            return Found.NOTHING;
        }
        Set<UUID> underWay = TakeStore.underWay(tx, lane, now);
        List<UUID> due = tx.list("""
                select message_id from messages
                where project_id = ? and campaign_id = ? and bulk and state in ('queued', 'sending') and due_at <= ?
                  and (variant is not null or ?)
                order by due_at
                limit ?""", row -> row.uuid("message_id"), lane.project().value(), lane.campaign(), now,
                open.get().won(), most + underWay.size());
        List<UUID> free = due.stream().filter(message -> !underWay.contains(message)).limit(most).toList();
        return new Found(open.get().take(), free.isEmpty() ? List.of()
                : TakenRows.ofBulk(tx, lane.project(), open.get().take(), free, now));
    }

    /** They are due later, and untouched otherwise. */
    static void putOff(Tx tx, ProjectId project, List<PutBack> messages) throws SQLException {
        tx.update("""
                update messages m set due_at = b.due_at
                from unnest(?::uuid[], ?::timestamptz[]) as b (message_id, due_at)
                where m.project_id = ? and m.message_id = b.message_id and m.state in ('queued', 'sending')""",
                Tx.ArrayOf.of("uuid", messages.stream().map(PutBack::message).toList()),
                Tx.ArrayOf.of("timestamptz", messages.stream().map(back -> back.due().toString()).toList()),
                project.value());
    }
}
