package io.countersign.server.confirmation;

import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Takes away, a little at a time, codes that nobody can answer any more and counts whose time is over. */
public final class ChallengeKeeping implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** No count is about more than a day, no code is looked at after its expiry. */
    private static final Duration KEPT = Duration.ofDays(2);
    private static final int MOST_AT_ONCE = 1_000;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Periodic periodic = new Periodic("challenge-keeping", PAUSE);

    public ChallengeKeeping(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    public ChallengeKeeping start() {
        periodic.start(clock, this::clean);
        return this;
    }

    void clean() {
        Instant until = clock.instant().minus(KEPT);
        periodic.each(catalogs.current().projects(), Project::slug, project -> {
            int id = project.id().value();
            periodic.drain(MOST_AT_ONCE, () -> database.with(tx -> CodeStore.forget(tx, id, until, MOST_AT_ONCE)));
            periodic.drain(MOST_AT_ONCE, () -> database.with(tx -> GuardStore.forget(tx, id, until, MOST_AT_ONCE)));
        });
    }

    @Override
    public void close() {
        periodic.close();
    }
}
