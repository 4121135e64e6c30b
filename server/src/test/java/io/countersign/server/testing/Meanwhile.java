package io.countersign.server.testing;

import io.countersign.server.platform.database.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What another transaction has done and not committed yet, so that a test can look at what meets it. */
public final class Meanwhile implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Database database;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final boolean kept;

    private Meanwhile(Database database, boolean kept) {
        this.database = database;
        this.kept = kept;
    }

    /** Does it, and answers before it is committed. */
    public static Meanwhile of(Database database, Database.Work<?> work) {
        return begin(new Meanwhile(database, true), work);
    }

    /** The same for something that is rolled back in the end. */
    public static Meanwhile inVain(Database database, Database.Work<?> work) {
        return begin(new Meanwhile(database, false), work);
    }

    private static Meanwhile begin(Meanwhile meanwhile, Database.Work<?> work) {
        Thread.ofVirtual().start(() -> meanwhile.run(work));
        meanwhile.done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        return meanwhile;
    }

    private void run(Database.Work<?> work) {
        try {
            database.transaction(tx -> {
                work.run(tx);
                done.complete(null);
                go.join();
                if (!kept) {
                    throw new InVain();
                }
                return null;
            });
            ended.complete(null);
        } catch (InVain _) {
            ended.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    /** Waits until somebody waits for a lock, or this is so. */
    public Meanwhile awaitWaiter(BooleanSupplier orElse) {
        await(() -> orElse.getAsBoolean() || database.with(tx -> tx.one("""
                select count(*) as n from pg_stat_activity where datname = current_database()
                  and wait_event_type = 'Lock'""", row -> row.number("n"))).orElseThrow() > 0);
        return this;
    }

    /** Waits, a bounded time, until it is so. */
    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static final class InVain extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Lets it end. */
    @Override
    public void close() {
        go.complete(null);
        ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
