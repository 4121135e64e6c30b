package io.countersign.server.project;

import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The current set-up, in memory. A change of this node is there when {@link #change} returns; one of another
 * node about a second later, once {@link #watch} was called.
 */
public final class Catalogs implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Database database;
    private final Periodic periodic = new Periodic("catalog-watch", PAUSE);
    private volatile Catalog current;

    private Catalogs(Database database, Catalog current) {
        this.database = database;
        this.current = current;
    }

    /** Reads the set-up once; fails when the database cannot be reached. */
    public static Catalogs load(Database database) {
        return new Catalogs(database, database.transaction(CatalogStore::read));
    }

    /** The latest set-up known here; never touches the database. */
    public Catalog current() {
        return current;
    }

    /** Changes set-up in one transaction, and has it in {@link #current()} before returning. */
    public <T> T change(Database.Work<T> work) {
        T result = database.transaction(tx -> {
            T done = work.run(tx);
            touch(tx);
            return done;
        });
        refresh();
        return result;
    }

    /** Tells all nodes, at commit, that set-up has changed. */
    static void touch(Tx tx) throws SQLException {
        tx.update("update catalog_version set version = version + 1");
    }

    /** Reads the set-up again if it has changed. */
    public void refresh() {
        if (database.with(CatalogStore::version) > current.version()) {
            replace(database.transaction(CatalogStore::read));
        }
    }

    /** A slow reader must not put an older catalog over a newer one. */
    private synchronized void replace(Catalog read) {
        if (read.version() > current.version()) {
            current = read;
        }
    }

    /** From now on follows the changes of other nodes, until closed; while it cannot, what is known is gone on with. */
    public Catalogs watch() {
        periodic.start(this::refresh);
        return this;
    }

    @Override
    public void close() {
        periodic.close();
    }
}
