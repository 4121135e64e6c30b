package io.countersign.server.operation;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code operation_calls} as a log: every call with what came of it. */
final class CallStore {
    private static final Insert DONE = Insert.into("operation_calls", "project_id integer", "call_id uuid",
            "integration_id integer", "operation text", "mode text", "transaction_id uuid", "state text",
            "status text", "message text", "attempts integer", "received_at timestamptz", "done_at timestamptz");
    private static final String SELECT = """
            select call_id, integration_id, operation, mode, transaction_id, state, status, message, attempts,
                   received_at, due_at, done_at
            """;
    private static final UUID LAST = new UUID(-1, -1);

    private CallStore() {}

    /** An entry of the log. */
    record Entry(UUID id, Origin origin, String state, Optional<String> status, Optional<String> message,
                 int attempts, Times times) {}

    /** Where a call came from. */
    record Origin(IntegrationId integration, String operation, String mode, Optional<UUID> transaction) {}

    /** @param due when a queued call is tried, at the earliest */
    record Times(Instant received, Optional<Instant> due, Optional<Instant> done) {}

    /** What is asked of the log. */
    record Filter(Optional<IntegrationId> integration, Optional<String> operation, Optional<String> state,
                  Optional<String> status, Optional<UUID> transaction) {}

    /** Writes calls that were answered at once. */
    static void write(Tx tx, List<LoggedCall> calls) throws SQLException {
        tx.insert(DONE, calls.stream().map(CallStore::row).toList());
    }

    private static Object[] row(LoggedCall logged) {
        OperationCall call = logged.call();
        return new Object[] {call.project().id().value(), logged.id(), call.integration().id().value(),
            call.operation().name(), "sync", call.transaction().orElse(null), "done", logged.status(),
            logged.message().orElse(null), 1, call.receivedAt(), logged.doneAt()};
    }

    static Optional<Entry> find(Tx tx, ProjectId project, UUID id) throws SQLException {
        return tx.one(SELECT + "from operation_calls where project_id = ? and call_id = ?", CallStore::entry,
                project.value(), id);
    }

    /**
     * Some entries, the newest first, out of the next {@code reach} that are older than {@code before}: so a question
     * that finds little costs no more than one that finds much.
     *
     * @param last the oldest that was looked at; empty when there are no older ones
     */
    record Page(List<Entry> entries, Optional<UUID> last) {}

    static Page page(Tx tx, ProjectId project, Filter filter, Optional<UUID> before, Reach reach)
            throws SQLException {
        if (filter.transaction().isPresent()) {
            return new Page(ofTransaction(tx, project, filter, reach), Optional.empty());
        }
        var parameters = new ArrayList<Object>(List.of(project.value(), before.orElse(LAST), reach.rows()));
        String where = where(filter, parameters);
        parameters.add(reach.entries() + 1);
        List<Entry> found = tx.list("""
                with looked as materialized (
                """ + SELECT + """
                    from operation_calls where project_id = ? and call_id < ?
                    order by call_id desc limit ?)
                """ + SELECT + "from looked where true" + where + " order by call_id desc limit ?",
                CallStore::entry, parameters.toArray());
        if (found.size() > reach.entries()) {
            List<Entry> shown = found.subList(0, reach.entries());
            return new Page(List.copyOf(shown), Optional.of(shown.getLast().id()));
        }
        return new Page(found, oldest(tx, project, before, reach.rows()));
    }

    /** How much a page shows, and how many entries are looked at for it. */
    record Reach(int entries, int rows) {}

    private static List<Entry> ofTransaction(Tx tx, ProjectId project, Filter filter, Reach reach)
            throws SQLException {
        var parameters = new ArrayList<Object>(List.of(project.value(), filter.transaction().orElseThrow()));
        String where = where(filter, parameters);
        parameters.add(reach.entries());
        return tx.list(SELECT + "from operation_calls where project_id = ? and transaction_id = ?" + where
                + " order by call_id desc limit ?", CallStore::entry, parameters.toArray());
    }

    /** The last of as many as were looked at; empty when there were fewer. */
    private static Optional<UUID> oldest(Tx tx, ProjectId project, Optional<UUID> before, int rows)
            throws SQLException {
        return tx.one("""
                select call_id from operation_calls where project_id = ? and call_id < ?
                order by call_id desc offset ? limit 1""", row -> row.uuid("call_id"),
                project.value(), before.orElse(LAST), rows - 1);
    }

    private static String where(Filter filter, List<Object> parameters) {
        var where = new StringBuilder();
        filter.integration().ifPresent(id -> and(where, parameters, "integration_id = ?", id.value()));
        filter.operation().ifPresent(name -> and(where, parameters, "lower(operation) = lower(?)", name));
        filter.state().ifPresent(state -> and(where, parameters, "state = ?", state));
        filter.status().ifPresent(status -> and(where, parameters, "status = ?", status));
        return where.toString();
    }

    private static void and(StringBuilder where, List<Object> parameters, String condition, Object value) {
        where.append(" and ").append(condition);
        parameters.add(value);
    }

    /** Takes out at most {@code most} entries that came before {@code until} and are done; answers how many. */
    static int forget(Tx tx, ProjectId project, UUID until, int most) throws SQLException {
        return tx.update("""
                delete from operation_calls where project_id = ? and call_id in (
                    select call_id from operation_calls
                    where project_id = ? and call_id < ? and state <> 'queued'
                    order by call_id limit ? for update skip locked)""",
                project.value(), project.value(), until, most);
    }

    private static Entry entry(Row row) throws SQLException {
        return new Entry(row.uuid("call_id"), new Origin(new IntegrationId(row.integer("integration_id")),
                row.text("operation"), row.text("mode"), Optional.ofNullable(row.uuid("transaction_id"))),
                row.text("state"), Optional.ofNullable(row.text("status")), Optional.ofNullable(row.text("message")),
                row.integer("attempts"), new Times(row.instant("received_at"),
                Optional.ofNullable(row.instant("due_at")), Optional.ofNullable(row.instant("done_at"))));
    }
}
