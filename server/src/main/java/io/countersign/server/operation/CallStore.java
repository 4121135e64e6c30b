package io.countersign.server.operation;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
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
    private static final String COLUMNS = """
             call_id, integration_id, operation, mode, transaction_id, state, status, message, attempts, received_at,
            due_at, done_at\s""";

    private CallStore() {}

    /** Writes calls that were answered at once. */
    static void write(Tx tx, List<LoggedCall> calls) throws SQLException {
        tx.insert(DONE, calls.stream().map(call -> new Object[] {call.project().value(), call.id(),
            call.integration().value(), call.operation(), "sync", call.transaction().orElse(null), "done",
            call.status(), call.message().orElse(null), 1, call.receivedAt(), call.doneAt()}).toList());
    }

    /** A call that was answered at once, and how. */
    record LoggedCall(OperationCall call, UUID id, Outcome outcome, Instant doneAt) {}

    /**
     * What is asked of the log.
     *
     * @param before only calls that came before this one, newest first
     */
    record Filter(Optional<IntegrationId> integration, Optional<String> operation, Optional<String> state,
                  Optional<String> status, Optional<UUID> transaction, Optional<UUID> before) {}
}
