package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code points}: balances as integrations set them. */
final class PointStore {
    private PointStore() {}

    static void set(Tx tx, ProjectId project, UUID customer, Points points, Instant now) throws SQLException {
        tx.update("""
                insert into points (project_id, customer_id, balance, expires_at, changed_at)
                values (?, ?, ?, ?, ?)
                on conflict (project_id, customer_id) do update
                set balance = excluded.balance, expires_at = excluded.expires_at, changed_at = excluded.changed_at""",
                project.value(), customer, points.balance(), points.expiresAt().orElse(null), now);
    }

    static boolean delete(Tx tx, ProjectId project, UUID customer) throws SQLException {
        return tx.update("""
                delete from points where project_id = ? and customer_id in (
                    select ?::uuid union all
                    select customer_id from customers where project_id = ? and merged_into = ?)""",
                project.value(), customer, project.value(), customer) > 0;
    }

    static Points points(Row row) throws SQLException {
        return new Points(OfferStore.decimal(row, "balance"), Optional.ofNullable(row.instant("expires_at")));
    }
}
