package io.countersign.server.project;

import io.countersign.server.project.Setups.OperatorSetup;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** Writes the operators of a project: passwords stretched and salted, tokens as keyed hashes. */
final class OperatorWriter {
    private final ProvisionRun run;
    private final int project;
    private final String projectSlug;

    OperatorWriter(ProvisionRun run, int project, String projectSlug) {
        this.run = run;
        this.project = project;
        this.projectSlug = projectSlug;
    }

    private record Stored(String passwordHash, byte[] tokenHash) {}

    void write(OperatorSetup operator) throws SQLException {
        Optional<Stored> stored = run.tx.one("""
                select password_hash, token_hash from operators where project_id = ? and email = ?""",
                row -> new Stored(row.text("password_hash"), row.bytes("token_hash")), project,
                operator.email());
        String what = "operator " + operator.email() + " of " + projectSlug;
        Columns named = operator.columns().copy()
                .named("token_hash", tokenHash(operator, stored))
                .named("password_hash", passwordHash(operator, stored, what));
        run.put(what, SetupTable.OPERATORS,
                Columns.of("project_id", project).with("email", operator.email()), named,
                Columns.of("role", "viewer"));
    }

    /** The stored hash of the same password is kept: a new one has another salt. */
    private Optional<String> passwordHash(OperatorSetup operator, Optional<Stored> stored, String what) {
        if (operator.password().isEmpty()) {
            return stored.isPresent() ? Optional.empty()
                    : Optional.of(run.tools.passwords().hash(run.generate("password of " + what, "")));
        }
        String password = operator.password().get().clear();
        boolean same = stored.filter(s -> run.tools.passwords().matches(password, s.passwordHash()))
                .isPresent();
        return same ? Optional.empty() : Optional.of(run.tools.passwords().hash(password));
    }

    private Optional<byte[]> tokenHash(OperatorSetup operator, Optional<Stored> stored) throws SQLException {
        if (operator.token().isEmpty()) {
            return Optional.empty();
        }
        byte[] hash = run.tools.secrets().hash("key", operator.token().get().clear());
        boolean same = stored.filter(s -> Arrays.equals(s.tokenHash(), hash)).isPresent();
        Place place = operator.place().key("token");
        return same || new References(run, project).isTaken(operator.token().get(), place)
                ? Optional.empty() : Optional.of(hash);
    }
}
