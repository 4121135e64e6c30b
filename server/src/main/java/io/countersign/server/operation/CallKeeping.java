package io.countersign.server.operation;

import io.countersign.server.customer.Customers;
import io.countersign.server.operation.CallQueue.Backlog;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Looks after the table of calls: measures what waits, and takes out what is old, a little at a time. */
final class CallKeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CallKeeping.class.getName());
    /** How long the log is kept (AP8), and how long an id of a transaction is remembered. */
    static final Duration KEPT = Duration.ofDays(14);
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_COUNTED = 100_000;
    private static final long MEASURE_SECONDS = 5;
    private static final int MEASURES_PER_CLEANING = 12;

    private final Database database;
    private final Catalogs catalogs;
    private final Customers customers;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Backlog backlog = new Backlog(0, Optional.empty());

    CallKeeping(Database database, Catalogs catalogs, Customers customers, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.customers = customers;
        this.clock = clock;
    }

    CallKeeping start() {
        Thread.ofVirtual().name("call-keeping").start(this::keep);
        return this;
    }

    /** Calls that wait, as of some seconds ago, counted up to a bound in each project. */
    long waiting() {
        return backlog.calls();
    }

    /** How long the oldest of them has waited. */
    long oldestSeconds() {
        return backlog.oldest().map(oldest -> Math.max(0, Duration.between(oldest, clock.instant()).toSeconds()))
                .orElse(0L);
    }

    private void keep() {
        int measures = 0;
        while (!closedSoon()) {
            try {
                measure();
                if (measures++ % MEASURES_PER_CLEANING == 0) {
                    clean();
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the table of operation calls cannot be looked after: " + e.getMessage());
            }
        }
    }

    void measure() {
        backlog = database.with(tx -> CallQueue.backlog(tx, MOST_COUNTED));
    }

    /** Takes out what has been kept long enough, in small transactions: the log, and ids of transactions. */
    void clean() {
        Instant until = clock.instant().minus(KEPT);
        for (Project project : catalogs.current().projects()) {
            repeat(() -> database.with(tx ->
                    CallStore.forget(tx, project.id(), Ids.first(until), MOST_AT_ONCE)));
            repeat(() -> customers.forgetTransactions(project.id(), until, MOST_AT_ONCE));
        }
    }

    private void repeat(IntSupplier forget) {
        int forgotten;
        do {
            forgotten = forget.getAsInt();
        } while (forgotten == MOST_AT_ONCE && closed.getCount() > 0);
    }

    private boolean closedSoon() {
        try {
            return closed.await(MEASURE_SECONDS, TimeUnit.SECONDS);
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
