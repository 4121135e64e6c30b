package io.countersign.server.access;

import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Takes away, a little at a time, idempotency keys whose day is over, with the answers that were kept for them. */
public final class IdempotencyKeeping implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 1_000;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Periodic periodic = new Periodic("idempotency-keeping", PAUSE);

    public IdempotencyKeeping(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    public IdempotencyKeeping start() {
        periodic.start(clock, this::clean);
        return this;
    }

    void clean() {
        Instant expired = clock.instant().minus(IdempotentRequests.KEPT);
        periodic.each(catalogs.current().projects(), Project::slug, project ->
                periodic.drain(MOST_AT_ONCE, () -> database.with(
                        tx -> IdempotencyStore.forget(tx, project.id().value(), expired, MOST_AT_ONCE))));
    }

    @Override
    public void close() {
        periodic.close();
    }
}
