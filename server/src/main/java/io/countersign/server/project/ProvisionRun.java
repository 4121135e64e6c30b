package io.countersign.server.project;

import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.ProvisionReport.Change;
import io.countersign.server.project.ProvisionReport.Generated;
import io.countersign.server.project.ProvisionReport.Kind;
import io.countersign.server.project.Provisioning.Tools;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One application of a file, inside its transaction: what all writers share. */
final class ProvisionRun {
    final Tx tx;
    final Instant now;
    final Problems problems;
    final Tools tools;
    private final List<Change> changes = new ArrayList<>();
    private final List<Generated> generated = new ArrayList<>();

    ProvisionRun(Tx tx, Instant now, Problems problems, Tools tools) {
        this.tx = tx;
        this.now = now;
        this.problems = problems;
        this.tools = tools;
    }

    /**
     * Brings a row to what is named of it, or creates it; answers its id.
     *
     * @param defaults what a new row gets where nothing is named
     */
    int put(String what, SetupTable table, Columns key, Columns named, Columns defaults) throws SQLException {
        var existing = table.find(tx, key);
        if (existing.isEmpty()) {
            note(Kind.CREATED, what);
            return table.insert(tx, new Columns().with(key).with(named).orElse(defaults)
                    .with("changed_at", now));
        }
        note(table.update(tx, key, named, now) ? Kind.CHANGED : Kind.UNCHANGED, what);
        return existing.get();
    }

    void note(Kind kind, String what) {
        changes.add(new Change(kind, what));
    }

    /** Writes down what was done to a project since there were so many changes. */
    void record(int project, int from) throws SQLException {
        for (SetupChangeRows.Change kind : List.of(SetupChangeRows.Change.CREATED, SetupChangeRows.Change.CHANGED)) {
            SetupChangeRows.write(tx, project, kind, changes.stream().skip(from)
                    .filter(change -> change.kind().name().equals(kind.name())).map(Change::what).toList(), now);
        }
    }

    /** How many changes were noted. */
    int noted() {
        return changes.size();
    }

    /** A new secret of 32 random bytes, to be shown once. */
    String generate(String what, String prefix) {
        String secret = prefix + tools.secrets().fresh(32);
        generated.add(new Generated(what, new Concealed(secret)));
        return secret;
    }

    ProvisionReport report() {
        return new ProvisionReport(changes, generated);
    }
}
