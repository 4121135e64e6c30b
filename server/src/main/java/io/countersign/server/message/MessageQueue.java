package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The tables {@code messages} and {@code deliveries} as a queue. A message is taken with a lease, kept alive while it
 * is under way; when its node dies the lease runs out and another takes it again. Those in bulk have the lease of their
 * take ({@link TakeStore}), and are marked by nothing but what came of them.
 */
final class MessageQueue {
    /** How long a taken message is left to its node; renewed while the node lives. */
    static final Duration LEASE = Duration.ofSeconds(30);
    /** What is in bulk is not under way by its own state. */
    private static final String UNFINISHED = "(m.state = 'sending' or m.bulk and m.state = 'queued')";

    private MessageQueue() {}

    /** The projects with something due: one read, so that taking always names its project. */
    static List<Due> due(Tx tx, Instant now) throws SQLException {
        return tx.list("""
                select p.project_id, c.channel from projects p, (values ('email'), ('sms')) as c (channel)
                where exists (select 1 from messages m where m.project_id = p.project_id and m.channel = c.channel
                              and m.state in ('queued', 'sending') and m.due_at <= ? and not m.bulk)
                order by p.project_id, c.channel""",
                row -> new Due(new ProjectId(row.integer("project_id")), row.text("channel")), now);
    }

    /** A project that has something due on a channel. */
    record Due(ProjectId project, String channel) {}

    /** Takes at most {@code most} due messages, oldest first, past those that others are taking. */
    static List<Taken> take(Tx tx, Due due, int most, Instant now) throws SQLException {
        return TakenRows.take(tx, due.project(), """
                select message_id from messages
                where project_id = ? and channel = ? and state in ('queued', 'sending') and due_at <= ? and not bulk
                order by due_at, message_id
                limit ?
                for update skip locked""", now, due.project().value(), due.channel(), now, most);
    }

    /** Keeps the leases of messages that are under way here. */
    static void renew(Tx tx, ProjectId project, Collection<UUID> messages, Instant now) throws SQLException {
        tx.update("""
                update messages set due_at = ?
                where project_id = ? and message_id = any(?) and state = 'sending'""",
                now.plus(LEASE), project.value(), Tx.ArrayOf.of("uuid", List.copyOf(messages)));
    }

    /** What is taken by nobody who lives is due at once; only for a node that is alone on its database. */
    static int releaseAll(Tx tx, Instant now) throws SQLException {
        return tx.update("update messages set due_at = ? where state = 'sending' and due_at > ?", now, now);
    }

    /** Puts messages back that were taken and not tried: the take does not count as a try. */
    static void putBack(Tx tx, ProjectId project, List<PutBack> messages) throws SQLException {
        tx.update("""
                update messages m set state = 'queued', attempts = m.attempts - 1, due_at = b.due_at
                from unnest(?::uuid[], ?::timestamptz[]) as b (message_id, due_at)
                where m.project_id = ? and m.message_id = b.message_id and m.state = 'sending'""",
                Tx.ArrayOf.of("uuid", messages.stream().map(PutBack::message).toList()),
                Tx.ArrayOf.of("timestamptz", messages.stream().map(back -> back.due().toString()).toList()),
                project.value());
    }

    /** A message that is to be taken again at a later time. */
    record PutBack(UUID message, Instant due) {}

    /**
     * Writes what came of tries: the message's state, unless another node was given it and has finished it, and the try
     * itself. Of a message that was erased meanwhile nothing is kept.
     *
     * @param ending takes of which nothing is left then
     */
    static void finish(Tx tx, ProjectId project, List<Try> tries, List<UUID> ending, Instant now)
            throws SQLException {
        tx.update("""
                with n as (
                    select * from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::integer[], ?::text[],
                                         ?::integer[], ?::text[])
                           as n (message_id, state, due_at, reason, attempt, result, code, reply)),
                known as (
                    update messages m
                    set state = case when %1$s then n.state else m.state end,
                        attempts = greatest(m.attempts, n.attempt),
                        due_at = case when %1$s then coalesce(n.due_at, m.due_at) else m.due_at end,
                        reason = case when %1$s then n.reason else m.reason end,
                        done_at = case when %1$s and n.state in ('sent', 'failed', 'skipped')
                                       then ?::timestamptz else m.done_at end
                    from n where m.project_id = ? and m.message_id = n.message_id
                    returning n.*)
                insert into deliveries (project_id, message_id, attempt, at, result, code, reply)
                select ?, message_id, attempt, ?, result, code, reply
                from known
                where result is not null
                on conflict do nothing""".formatted(UNFINISHED),
                column("uuid", tries, Try::message), column("text", tries, Try::state),
                column("timestamptz", tries, done -> done.due() == null ? null : done.due().toString()),
                column("text", tries, Try::reason), column("integer", tries, Try::attempt),
                column("text", tries, Try::result), column("integer", tries, Try::code),
                column("text", tries, Try::reply), now, project.value(), project.value(), now);
        if (!ending.isEmpty()) {
            TakeStore.end(tx, project, ending);
        }
    }

    private static Tx.ArrayOf column(String type, List<Try> tries, Function<Try, Object> value) {
        return new Tx.ArrayOf(type, tries.stream().map(value).toArray());
    }

    /**
     * What came of one try.
     *
     * @param state  of the message from now on
     * @param due    when it is tried again; null when it is done
     * @param result of the delivery; null when there was none, for a message that was skipped
     */
    record Try(UUID message, int attempt, String state, Instant due, String reason, String result, Integer code,
               String reply) {}
}
