package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Makes what is handed over of taken messages of one kind. */
interface MessageMaker {
    /**
     * Decides what becomes of each message, in the transaction that takes them. One that may go gets its secrets here,
     * and their hashes are committed before anything is handed over.
     */
    List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException;

    /** What becomes of a taken message. */
    sealed interface Prepared {
        Taken taken();
    }

    /** It does not go; {@code reason} is a stable word. */
    record Skipped(Taken taken, String reason) implements Prepared {}

    /** It goes; {@code handOver} composes it and gives it to its provider. */
    record Ready(Taken taken, Supplier<HandOver> handOver) implements Prepared {}
}
