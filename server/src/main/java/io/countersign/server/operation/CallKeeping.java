package io.countersign.server.operation;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.operation.CallQueue.Backlog;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks after the table of calls: measures what waits, and takes out what is old, a little at a time. */
final class CallKeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CallKeeping.class.getName());
    /** How long the log is kept (AP8). */
    static final Duration KEPT = Duration.ofDays(14);
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_COUNTED = 100_000;
    private static final long MEASURE_SECONDS = 5;
    private static final int MEASURES_PER_CLEANING = 12;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Backlog backlog = new Backlog(0, Optional.empty());

    CallKeeping(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
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

    /** Takes out what has been kept long enough, in small transactions. */
    void clean() {
        UUID until = Ids.first(clock.instant().minus(KEPT));
        for (Project project : catalogs.current().projects()) {
            int forgotten;
            do {
                forgotten = forget(project.id(), until);
            } while (forgotten == MOST_AT_ONCE && closed.getCount() > 0);
        }
    }

    private int forget(ProjectId project, UUID until) {
        return database.with(tx -> CallStore.forget(tx, project, until, MOST_AT_ONCE));
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
