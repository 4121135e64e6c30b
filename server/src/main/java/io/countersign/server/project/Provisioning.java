package io.countersign.server.project;

import io.countersign.server.platform.Passwords;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Setups.ProjectSetup;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Brings the set-up to the state that a file describes. */
public final class Provisioning {
    private static final long LOCK = 0x7072_6f76;

    private final Database database;
    private final Catalogs catalogs;
    private final Tools tools;
    private final InstantSource clock;

    /** What makes and hides secrets. */
    public record Tools(Secrets secrets, Passwords passwords, DkimPairs pairs) {}

    public Provisioning(Database database, Catalogs catalogs, Tools tools, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.tools = tools;
        this.clock = clock;
    }

    /**
     * Applies the whole file in one transaction, or nothing of it. What the file does not name stays; a
     * second time changes nothing. Several nodes may do so at once: one waits for the other.
     *
     * @throws ProvisionException with everything that does not fit what is there
     */
    public ProvisionReport apply(ProvisionFile file) {
        return applied(file, tx -> true).orElseThrow();
    }

    /** As {@link #apply}, if there is no project yet. */
    Optional<ProvisionReport> applyFirst(ProvisionFile file) {
        return applied(file, Provisioning::isEmpty);
    }

    /** As {@link #apply}, if the condition holds when nobody else is changing the set-up. */
    Optional<ProvisionReport> applyIf(Condition condition, ProvisionFile file) {
        return applied(file, condition);
    }

    /** What must hold in the transaction that is to apply a file. */
    interface Condition {
        boolean holds(Tx tx) throws SQLException;
    }

    /** Nobody else changes the set-up until the transaction ends. */
    static void alone(Tx tx) throws SQLException {
        tx.list("select pg_advisory_xact_lock(?)", row -> 0, LOCK);
    }

    private Optional<ProvisionReport> applied(ProvisionFile file, Condition condition) {
        Optional<ProvisionReport> report = database.transaction(tx -> {
            alone(tx);
            return condition.holds(tx) ? Optional.of(write(tx, file)) : Optional.empty();
        });
        if (report.isPresent() && report.get().changed()) {
            catalogs.refresh();
        }
        return report;
    }

    private ProvisionReport write(Tx tx, ProvisionFile file) throws SQLException {
        var run = new ProvisionRun(tx, clock.instant(), new Problems(file.name()), tools);
        List<String> projects = file.projects().stream().map(ProjectSetup::slug).toList();
        var shown = ShownForms.before(tx, projects);
        new ProviderWriter(run).write(file.providers());
        for (ProjectSetup project : file.projects()) {
            new ProjectWriter(run).write(project);
        }
        run.problems.throwIfAny();
        shown.countChanges(tx, projects);
        ProvisionReport report = run.report();
        if (report.changed()) {
            Catalogs.touch(tx);
        }
        return report;
    }

    /** Writes down that a part of the set-up was taken out. */
    void recordDeleted(Tx tx, int project, String what) throws SQLException {
        SetupChangeRows.write(tx, project, SetupChangeRows.Change.DELETED, List.of(what), clock.instant());
    }

    private static boolean isEmpty(Tx tx) throws SQLException {
        return tx.list("select 1 from projects limit 1", row -> 1).isEmpty();
    }
}
