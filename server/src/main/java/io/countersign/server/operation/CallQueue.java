package io.countersign.server.operation;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The table {@code operation_calls} as a queue. Who holds the project's row of {@code operation_lanes} works on its
 * calls, and nobody else: the calls of a project are done in their order, whatever the number of nodes.
 */
final class CallQueue {
    private static final Insert QUEUED = Insert.into("operation_calls", "project_id integer", "call_id uuid",
            "integration_id integer", "operation text", "mode text", "transaction_id uuid", "state text",
            "received_at timestamptz", "due_at timestamptz", "keys text[]", "payload bytea");

    /** Bytes that one transaction loads. */
    private static final long HEAVIEST = 8L << 20;
    private static final int WINDOW = 250;
    /** How far into the queue a look goes past calls that wait: more than that behind a fault wait all together. */
    private static final int FARTHEST = 10_000;

    private CallQueue() {}

    /** A call on its way into the queue. */
    record Entry(OperationCall call, UUID id, List<String> keys, byte[] payload) {}

    /** A queued call, as much of it as tells whether it is its turn. */
    record Waiting(UUID id, long position, boolean due, List<String> keys, int size) {}

    /** A queued call, complete. */
    record Queued(UUID id, IntegrationId integration, String operation, Optional<UUID> transaction, int attempts,
                  Instant receivedAt, byte[] payload) {}

    /** What a queued call came to. */
    record Finished(UUID id, String status, Optional<String> message) {}

    static void put(Tx tx, List<Entry> entries) throws SQLException {
        tx.insert(QUEUED, entries.stream().map(CallQueue::row).toList());
    }

    private static Object[] row(Entry entry) {
        OperationCall call = entry.call();
        return new Object[] {call.project().id().value(), entry.id(), call.integration().id().value(),
            call.operation().name(), "async", call.transaction().orElse(null), "queued", call.receivedAt(),
            call.receivedAt(), entry.keys(), entry.payload()};
    }

    /** The projects with something due: one read, so that taking always names its project. */
    static List<ProjectId> dueProjects(Tx tx, Instant now) throws SQLException {
        return tx.list("""
                select p.project_id from projects p
                where exists (select 1 from operation_calls c where c.project_id = p.project_id
                              and c.state = 'queued' and c.due_at <= ?)
                order by p.project_id""", row -> new ProjectId(row.integer("project_id")), now);
    }

    /** Makes the lane of a project, if there is none. */
    static void openLane(Tx tx, ProjectId project) throws SQLException {
        tx.update("insert into operation_lanes (project_id) values (?) on conflict (project_id) do nothing",
                project.value());
    }

    /** Takes the lane until the end of the transaction; false when another has it. */
    static boolean takeLane(Tx tx, ProjectId project) throws SQLException {
        return tx.one("select project_id from operation_lanes where project_id = ? for update skip locked",
                row -> row.integer("project_id"), project.value()).isPresent();
    }

    /** The calls whose turn it is, complete and in their order: at most so many, and about so many bytes. */
    static List<Queued> take(Tx tx, ProjectId project, int most, Instant now) throws SQLException {
        var selection = new TurnSelection(most, HEAVIEST);
        long after = Long.MIN_VALUE;
        for (int looked = 0; looked < FARTHEST && !selection.isFull(); looked += WINDOW) {
            List<Waiting> window = window(tx, project, after, WINDOW, now);
            selection.look(window);
            if (window.size() < WINDOW) {
                break;
            }
            after = window.getLast().position();
        }
        return selection.chosen().isEmpty() ? List.of() : load(tx, project, selection.chosen());
    }

    /** Queued calls in their order, also those whose time has not come. */
    private static List<Waiting> window(Tx tx, ProjectId project, long after, int most, Instant now)
            throws SQLException {
        return tx.list("""
                select call_id, position, due_at <= ? as due, keys, octet_length(payload) as size
                from operation_calls
                where project_id = ? and state = 'queued' and position > ?
                order by position
                limit ?""", row -> new Waiting(row.uuid("call_id"), row.number("position"), row.flag("due"),
                row.texts("keys"), row.integer("size")), now, project.value(), after, most);
    }

    private static List<Queued> load(Tx tx, ProjectId project, List<UUID> ids) throws SQLException {
        return tx.list("""
                select call_id, integration_id, operation, transaction_id, attempts, received_at, payload
                from operation_calls
                where project_id = ? and call_id = any(?) and state = 'queued'
                order by position""", CallQueue::queued, project.value(), ArrayOf.of("uuid", ids));
    }

    private static Queued queued(Row row) throws SQLException {
        return new Queued(row.uuid("call_id"), new IntegrationId(row.integer("integration_id")),
                row.text("operation"), Optional.ofNullable(row.uuid("transaction_id")), row.integer("attempts"),
                row.instant("received_at"), row.bytes("payload"));
    }

    /** Writes what calls came to, and forgets what they carried. */
    static void finish(Tx tx, ProjectId project, List<Finished> done, Instant now) throws SQLException {
        tx.update("""
                update operation_calls c
                set state = 'done', status = r.status, message = r.message, attempts = c.attempts + 1,
                    done_at = ?, due_at = null, keys = '{}', payload = null
                from unnest(?::uuid[], ?::text[], ?::text[]) as r (call_id, status, message)
                where c.project_id = ? and c.call_id = r.call_id and c.state = 'queued'""",
                now, array("uuid", done, Finished::id), array("text", done, Finished::status),
                array("text", done, finished -> finished.message().orElse(null)), project.value());
    }

    /** After a fault: the call keeps its place, and its turn comes again at {@code due}. */
    static void putOff(Tx tx, ProjectId project, Queued call, String message, Instant due) throws SQLException {
        tx.update("""
                update operation_calls set attempts = attempts + 1, message = ?, due_at = ?
                where project_id = ? and call_id = ? and state = 'queued' and attempts = ?""",
                message, due, project.value(), call.id(), call.attempts());
    }

    /** After the last fault: it is not tried again. */
    static void giveUp(Tx tx, ProjectId project, Queued call, String message, Instant now) throws SQLException {
        tx.update("""
                update operation_calls
                set state = 'failed', status = 'InternalServerError', message = ?, attempts = attempts + 1,
                    done_at = ?, due_at = null, keys = '{}', payload = null
                where project_id = ? and call_id = ? and state = 'queued' and attempts = ?""",
                message, now, project.value(), call.id(), call.attempts());
    }

    /**
     * How much waits, on all of the server.
     *
     * @param calls  counted up to a bound
     * @param oldest when the one that waits longest came
     */
    record Backlog(long calls, Optional<Instant> oldest) {}

    static Backlog backlog(Tx tx, int most) throws SQLException {
        return tx.one("""
                select coalesce(sum(q.calls), 0) as calls, min(q.oldest) as oldest
                from projects p cross join lateral (
                    select count(*) as calls, min(w.received_at) as oldest
                    from (select received_at from operation_calls c
                          where c.project_id = p.project_id and c.state = 'queued'
                          order by c.position limit ?) w) q""",
                row -> new Backlog(row.number("calls"), Optional.ofNullable(row.instant("oldest"))), most)
                .orElseThrow();
    }

    private static ArrayOf array(String type, List<Finished> done, Function<Finished, Object> value) {
        return new ArrayOf(type, done.stream().map(value).toArray());
    }
}
