package io.countersign.server.feedback;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Forgets, a little at a time, which reports were taken long ago, and what belonged to nobody. */
final class FeedbackKeeping implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    /** Nobody tells the same so late. */
    private static final Duration REPORTS = Duration.ofDays(90);
    private static final Duration UNMATCHED = Duration.ofDays(30);
    private static final int MOST_AT_ONCE = 1_000;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Periodic periodic = new Periodic("feedback-keeping", PAUSE);

    FeedbackKeeping(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    FeedbackKeeping start() {
        periodic.start(clock, this::clean);
        return this;
    }

    void clean() {
        Instant reports = clock.instant().minus(REPORTS);
        UUID unmatched = Ids.first(clock.instant().minus(UNMATCHED));
        periodic.each(catalogs.current().projects(), Project::slug, project -> {
            int id = project.id().value();
            periodic.drain(MOST_AT_ONCE, () -> database.with(tx ->
                    FeedbackStore.forgetReports(tx, id, reports, MOST_AT_ONCE)));
            periodic.drain(MOST_AT_ONCE, () -> database.with(tx ->
                    FeedbackStore.forgetUnmatched(tx, id, unmatched, MOST_AT_ONCE)));
        });
    }

    @Override
    public void close() {
        periodic.close();
    }
}
