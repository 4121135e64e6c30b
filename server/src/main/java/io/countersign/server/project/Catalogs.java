package io.countersign.server.project;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The current set-up, in memory. A change of this node is there when {@link #change} returns; one of another
 * node about a second later, once {@link #watch} was called.
 */
public final class Catalogs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Catalogs.class.getName());
    private static final long POLL_MILLIS = 500;

    private final Database database;
    private final CountDownLatch closed = new CountDownLatch(1);
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

    /** From now on follows the changes of other nodes, until closed. */
    public Catalogs watch() {
        Thread.ofVirtual().name("catalog-watch").start(this::poll);
        return this;
    }

    private void poll() {
        boolean failing = false;
        while (!closedWithin(POLL_MILLIS)) {
            try {
                refresh();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && closed.getCount() > 0) {
                    LOG.log(Level.WARNING, "set-up cannot be read, going on with what is known: "
                            + e.getMessage());
                }
                failing = true;
            }
        }
    }

    private boolean closedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
