package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code promo_pools}. */
final class PoolStore {
    private static final String COLUMNS = """
            select p.pool_id, p.slug, p.name,
                   (select count(*) from promo_codes c where c.project_id = p.project_id and c.pool_id = p.pool_id
                      and c.issued_at is null) as free,
                   (select count(*) from promo_codes c where c.project_id = p.project_id and c.pool_id = p.pool_id
                      and c.issued_at is not null) as issued
            from promo_pools p
            """;

    private PoolStore() {}

    /** False when there is one of this slug. */
    static boolean insert(Tx tx, ProjectId project, String slug, String name, Instant now) throws SQLException {
        return tx.update("""
                insert into promo_pools (project_id, slug, name, created_at) values (?, ?, ?, ?)
                on conflict (project_id, slug) do nothing""", project.value(), slug, name, now) == 1;
    }

    /** A page by slug. */
    static List<Pool> page(Tx tx, ProjectId project, Optional<String> after, int most) throws SQLException {
        return tx.list(COLUMNS + "where p.project_id = ? and p.slug > ? order by p.slug limit ?", PoolStore::pool,
                project.value(), after.orElse(""), most);
    }

    static Optional<Pool> find(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one(COLUMNS + "where p.project_id = ? and p.slug = ?", PoolStore::pool, project.value(), slug);
    }

    /** The bare id, without counting codes. */
    static Optional<Integer> id(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one("select pool_id from promo_pools where project_id = ? and slug = ?",
                row -> row.integer("pool_id"), project.value(), slug);
    }

    /** Whether there is a pool of this slug with a code to be given out. */
    static boolean hasFree(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one("""
                select 1 as found from promo_pools p
                where p.project_id = ? and p.slug = ?
                  and exists (select from promo_codes c where c.project_id = p.project_id and c.pool_id = p.pool_id
                              and c.issued_at is null)""",
                row -> row.integer("found"), project.value(), slug).isPresent();
    }

    static boolean rename(Tx tx, ProjectId project, String slug, String name) throws SQLException {
        return tx.update("update promo_pools set name = ? where project_id = ? and slug = ?", name, project.value(),
                slug) == 1;
    }

    /** Takes a pool away with its free codes; false when one was given out of it, and then nothing must be kept. */
    static boolean delete(Tx tx, ProjectId project, int pool) throws SQLException {
        tx.update("delete from promo_codes where project_id = ? and pool_id = ? and issued_at is null",
                project.value(), pool);
        return tx.update("""
                delete from promo_pools p where p.project_id = ? and p.pool_id = ?
                  and not exists (select from promo_codes c where c.project_id = ? and c.pool_id = ?)""",
                project.value(), pool, project.value(), pool) == 1;
    }

    private static Pool pool(Row row) throws SQLException {
        return new Pool(row.integer("pool_id"), row.text("slug"), row.text("name"), row.number("free"),
                row.number("issued"));
    }
}
