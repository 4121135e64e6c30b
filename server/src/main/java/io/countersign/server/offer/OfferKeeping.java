package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Counts what is popular, and forgets what is old. */
public final class OfferKeeping {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration COUNTED = Duration.ofDays(30);
    private static final Duration KEPT = Duration.ofDays(180);
    private static final Duration FEED = Duration.ofDays(1);
    private static final int AT_ONCE = 5_000;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Periodic periodic = new Periodic("offers", PAUSE);

    public OfferKeeping(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    public Periodic start() {
        return periodic.start(clock, this::look);
    }

    void look() {
        periodic.each(catalogs.current().projects(), Project::slug, project -> look(project.id()));
    }

    private void look(ProjectId project) {
        Instant now = clock.instant();
        if (database.with(tx -> ProductActionStore.any(tx, project))) {
            database.transaction(tx -> {
                ProductActionStore.count(tx, project, now.minus(COUNTED));
                return null;
            });
            periodic.drain(AT_ONCE, () -> database.with(
                    tx -> ProductActionStore.forget(tx, project, now.minus(KEPT), AT_ONCE)));
        }
        database.with(tx -> ProductStore.forgetFeeds(tx, project, now.minus(FEED)));
    }
}
