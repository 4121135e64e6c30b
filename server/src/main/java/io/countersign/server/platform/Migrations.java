package io.countersign.server.platform;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** Brings the schema of a database to the one that this version of the server knows. */
public final class Migrations {
    /** The newest file of {@code db/migration}; a test holds the two equal. */
    static final int NEWEST = 28;

    private Migrations() {}

    /**
     * Migrates if there is anything to do, all of it or nothing; several nodes may do so at once.
     *
     * @throws StartRefused when the schema is newer than this server knows
     */
    public static void run(Database database) {
        int version = database.with(Migrations::version);
        if (version > NEWEST) {
            throw new StartRefused("the database has schema " + version + ", newer than schema " + NEWEST
                    + " of this server: start a newer server, or restore a backup");
        }
        if (version < NEWEST) {
            Flyway.configure().dataSource(database.dataSource()).locations("classpath:db/migration")
                    .group(true).load().migrate();
        }
    }

    /**
     * Refuses a database whose schema is not the one that this server knows; migrates nothing.
     *
     * @throws StartRefused when it is older or newer, or there is none
     */
    public static void require(Database database) {
        int version = database.with(Migrations::version);
        if (version != NEWEST) {
            throw new StartRefused(version == 0 ? "this database holds no data of Countersign"
                    : "the database has schema " + version + ", this program knows schema " + NEWEST
                    + (version < NEWEST ? ": start the server once, so that it is brought up to date"
                    : ": take the program of the server"));
        }
    }

    /** One or two bare reads: asking Flyway costs more than the rest of a start. */
    private static int version(Tx tx) throws SQLException {
        Optional<Boolean> known = tx.one("select to_regclass('flyway_schema_history') is not null as known",
                row -> row.flag("known"));
        return known.orElse(false) ? appliedVersion(tx) : 0;
    }

    private static int appliedVersion(Tx tx) throws SQLException {
        return tx.one("""
                select coalesce(max(version::integer), 0) as version
                from flyway_schema_history where success and version ~ '^[0-9]{1,9}$'""",
                row -> row.integer("version")).orElse(0);
    }
}
