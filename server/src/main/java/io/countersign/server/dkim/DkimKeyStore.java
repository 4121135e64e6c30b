package io.countersign.server.dkim;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Brand;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code dkim_keys}. */
final class DkimKeyStore {
    private static final String COLUMNS = "select domain, selector, algorithm, record, sealed, created_at, retired_at";

    private DkimKeyStore() {}

    /** A key with its secret, which is gone when the key is retired. */
    record Kept(DkimKey key, byte[] sealed) {}

    /** Oldest first. */
    static List<Kept> all(Tx tx, Brand brand) throws SQLException {
        return tx.list(COLUMNS + """
                 from dkim_keys where project_id = ? and brand_id = ?
                order by created_at, domain, selector limit 1000""", DkimKeyStore::kept, brand.project().value(),
                brand.id().value());
    }

    private static Kept kept(Row row) throws SQLException {
        var key = new DkimKey(row.text("domain"), row.text("selector"),
                Algorithm.of(row.text("algorithm")).orElseThrow(), row.text("record"), row.instant("created_at"),
                Optional.ofNullable(row.instant("retired_at")));
        return new Kept(key, row.bytes("sealed"));
    }

    /** False when the brand has had a key of this name. */
    static boolean add(Tx tx, Brand brand, Kept kept, String by) throws SQLException {
        DkimKey key = kept.key();
        return tx.update("""
                insert into dkim_keys (project_id, brand_id, domain, selector, algorithm, record, sealed, created_at,
                                       created_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""", brand.project().value(),
                brand.id().value(), key.domain(), key.selector(), key.algorithm().text(), key.record(), kept.sealed(),
                key.createdAt(), by) == 1;
    }

    static boolean retire(Tx tx, Brand brand, String id, Instant now) throws SQLException {
        return tx.update("""
                update dkim_keys set retired_at = ?, sealed = null
                where project_id = ? and brand_id = ? and selector || '._domainkey.' || domain = ?
                  and retired_at is null""", now, brand.project().value(), brand.id().value(), id) == 1;
    }
}
