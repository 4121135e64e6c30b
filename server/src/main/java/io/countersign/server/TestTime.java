package io.countersign.server;

import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.TestClockStore;
import io.countersign.server.platform.database.Database;
import java.time.Duration;
import java.time.Instant;

/**
 * The time as tests move it. How far is kept in the database, so that it does not go back when the server is started
 * again: what is queued there, and every id, is of the moved time.
 */
final class TestTime {
    private final Database database;
    private final SettableClock clock;

    TestTime(Database database, SettableClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How far the time of this database was moved by tests before. */
    Duration moved() {
        return database.with(TestClockStore::ahead);
    }

    /** Goes on from where the last server of this database had got. */
    void resume() {
        clock.advance(moved());
    }

    /**
     * Moves the time forward for good; it is written down first.
     *
     * @throws IllegalArgumentException for a duration that the clock does not take
     */
    synchronized Instant advance(Duration by) {
        Duration ahead = clock.aheadAfter(by);
        database.with(tx -> TestClockStore.keep(tx, ahead));
        return clock.advance(by);
    }
}
