package io.countersign.server.confirmation;

import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.sql.SQLException;
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
        periodic.start(this::clean);
        return this;
    }

    void clean() {
        Instant until = clock.instant().minus(KEPT);
        for (Project project : catalogs.current().projects()) {
            int id = project.id().value();
            periodic.drain(MOST_AT_ONCE, () -> database.with(tx -> forgetCodes(tx, id, until)));
            periodic.drain(MOST_AT_ONCE, () -> database.with(tx -> forgetGuards(tx, id, until)));
        }
    }

    private static int forgetCodes(Tx tx, int project, Instant until) throws SQLException {
        return tx.update("""
                delete from codes where project_id = ? and (challenge_id, code_hash) in (
                    select challenge_id, code_hash from codes where project_id = ? and expires_at < ? limit ?)""",
                project, project, until, MOST_AT_ONCE);
    }

    private static int forgetGuards(Tx tx, int project, Instant until) throws SQLException {
        return tx.update("""
                delete from guards where project_id = ? and (kind, value) in (
                    select kind, value from guards where project_id = ? and since < ? limit ? for update skip locked)""",
                project, project, until, MOST_AT_ONCE);
    }

    @Override
    public void close() {
        periodic.close();
    }
}
