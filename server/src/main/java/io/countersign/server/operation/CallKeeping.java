package io.countersign.server.operation;

import io.countersign.server.customer.Customers;
import io.countersign.server.operation.CallQueue.Backlog;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Looks after the table of calls: measures what waits, and takes out what is old, a little at a time. */
final class CallKeeping implements AutoCloseable {
    /** How long the log is kept (AP8), and how long an id of a transaction is remembered. */
    static final Duration KEPT = Duration.ofDays(14);
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_COUNTED = 100_000;
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final Duration CLEANED = Duration.ofMinutes(1);

    private final Database database;
    private final Catalogs catalogs;
    private final Customers customers;
    private final InstantSource clock;
    private final Periodic measuring = new Periodic("call-measuring", MEASURED);
    private final Periodic cleaning = new Periodic("call-keeping", CLEANED);
    private volatile Backlog backlog = new Backlog(0, Optional.empty());

    CallKeeping(Database database, Catalogs catalogs, Customers customers, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.customers = customers;
        this.clock = clock;
    }

    CallKeeping start() {
        measuring.start(this::measure);
        cleaning.start(clock, this::clean);
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

    void measure() {
        backlog = database.with(tx -> CallQueue.backlog(tx, MOST_COUNTED));
    }

    /** Takes out what has been kept long enough, in small transactions: the log, and ids of transactions. */
    void clean() {
        Instant until = clock.instant().minus(KEPT);
        cleaning.each(catalogs.current().projects(), Project::slug, project -> {
            cleaning.drain(MOST_AT_ONCE, () -> database.with(tx ->
                    CallStore.forget(tx, project.id(), Ids.first(until), MOST_AT_ONCE)));
            cleaning.drain(MOST_AT_ONCE, () -> customers.forgetTransactions(project.id(), until, MOST_AT_ONCE));
        });
    }

    @Override
    public void close() {
        measuring.close();
        cleaning.close();
    }
}
