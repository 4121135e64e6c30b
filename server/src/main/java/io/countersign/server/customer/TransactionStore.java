package io.countersign.server.customer;

import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The table {@code processed_transactions}: what is carried out once at most. */
final class TransactionStore {
    private static final Insert INSERT = Insert.into("processed_transactions", "project_id integer",
            "transaction_id uuid", "at timestamptz");

    private TransactionStore() {}

    /** Those of these ids that were carried out before. */
    static Set<UUID> processed(Tx tx, int project, Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(tx.list("""
                select transaction_id from processed_transactions where project_id = ? and transaction_id = any(?)""",
                row -> row.uuid("transaction_id"), project, Tx.ArrayOf.of("uuid", List.copyOf(ids))));
    }

    /** Takes out at most {@code most} that were carried out before {@code until}; answers how many. */
    static int forget(Tx tx, int project, Instant until, int most) throws SQLException {
        return tx.update("""
                delete from processed_transactions where project_id = ? and transaction_id in (
                    select transaction_id from processed_transactions where project_id = ? and at < ?
                    order by at limit ? for update skip locked)""", project, project, until, most);
    }

    /** In order, so that two batches with the same ids cannot wait for each other in a circle. */
    static void write(Tx tx, int project, Collection<UUID> ids, Instant at) throws SQLException {
        tx.insert(INSERT, ids.stream().sorted().map(id -> new Object[] {project, id, at}).toList());
    }
}
