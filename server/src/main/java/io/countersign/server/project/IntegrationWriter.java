package io.countersign.server.project;

import io.countersign.server.project.ProvisionReport.Kind;
import io.countersign.server.project.Setups.IntegrationSetup;
import io.countersign.server.project.Setups.KeySetup;
import io.countersign.server.project.Setups.OperationSetup;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes the integrations of a project, and their keys: as keyed hashes, and encrypted for signatures. */
final class IntegrationWriter {
    private static final String PREFIX = "csk_";

    private final ProvisionRun run;
    private final int project;
    private final String projectSlug;
    private final References references;

    IntegrationWriter(ProvisionRun run, int project, String projectSlug) {
        this.run = run;
        this.project = project;
        this.projectSlug = projectSlug;
        this.references = new References(run, project);
    }

    void write(IntegrationSetup setup) throws SQLException {
        Optional<Integer> owner = run.tx.one("select project_id from integrations where slug = ?",
                row -> row.integer("project_id"), setup.slug());
        if (owner.isPresent() && owner.get() != project) {
            run.problems.add(setup.place().key("slug"),
                    "integration \"" + setup.slug()
                    + "\" belongs to another project; slugs are unique on the server");
            return;
        }
        Optional<Integer> brand = references.brand(setup.brand(), setup.place(), owner.isEmpty());
        if (brand.isEmpty() && (owner.isEmpty() || setup.brand().isPresent())) {
            return;
        }
        int id = run.put("integration " + setup.slug() + " of " + projectSlug, SetupTable.INTEGRATIONS,
                Columns.of("project_id", project).with("slug", setup.slug()),
                setup.columns().copy().named("brand_id", brand), new Columns());
        writeKeys(id, setup);
        var operations = new OperationWriter(run, project);
        for (OperationSetup operation : setup.operations()) {
            operations.write(id, setup.slug(), operation);
        }
    }

    private void writeKeys(int integration, IntegrationSetup setup) throws SQLException {
        boolean hasNone = run.tx.list("""
                select 1 from integration_keys where project_id = ? and integration_id = ?""", row -> 1,
                project, integration).isEmpty();
        var main = new KeySetup(setup.place(), "main", Optional.empty(), Optional.empty(), Optional.empty());
        for (KeySetup key : setup.keys().orElse(hasNone ? List.of(main) : List.of())) {
            writeKey(integration, setup.slug(), key);
        }
    }

    private record Stored(byte[] hash, boolean test, boolean revoked, boolean signs) {}

    private void writeKey(int integration, String slug, KeySetup key) throws SQLException {
        Optional<Stored> stored = run.tx.one("""
                select key_hash, test, revoked_at is not null as revoked, sealed is not null as signs
                from integration_keys where project_id = ? and integration_id = ? and name = ?""",
                row -> new Stored(row.bytes("key_hash"), row.flag("test"), row.flag("revoked"), row.flag("signs")),
                project, integration, key.name());
        String what = "key " + key.name() + " of " + slug;
        if (stored.isPresent()) {
            change(integration, key, stored.get(), what);
        } else {
            create(integration, key, what);
        }
    }

    private void create(int integration, KeySetup key, String what) throws SQLException {
        if (key.secret().isPresent() && isTaken(key)) {
            return;
        }
        String secret = key.secret().map(Concealed::clear).orElseGet(() -> run.generate(what, PREFIX));
        run.tx.update("""
                insert into integration_keys
                    (key_hash, project_id, integration_id, name, test, created_at, revoked_at, sealed)
                values (?, ?, ?, ?, ?, ?, ?::timestamptz, ?)""",
                run.tools.secrets().hash("key", secret), project, integration, key.name(),
                key.test().orElse(false), run.now, revokedAt(key.revoked().orElse(false)), sealed(secret));
        run.note(Kind.CREATED, what);
    }

    /** Another secret under the same name replaces the old one, and is as young as this run. */
    private void change(int integration, KeySetup key, Stored stored, String what) throws SQLException {
        byte[] hash = key.secret().map(secret -> run.tools.secrets().hash("key", secret.clear()))
                .orElse(stored.hash());
        boolean replaced = !Arrays.equals(hash, stored.hash());
        boolean test = key.test().orElse(stored.test());
        boolean revoked = key.revoked().orElse(stored.revoked());
        if (!replaced && !stored.signs() && key.secret().isPresent()) {
            letSign(integration, key);
        }
        if (!replaced && test == stored.test() && revoked == stored.revoked()) {
            run.note(Kind.UNCHANGED, what);
            return;
        }
        if (replaced && isTaken(key)) {
            return;
        }
        run.tx.update("""
                update integration_keys
                set key_hash = ?, test = ?, created_at = case when ? then ? else created_at end,
                    revoked_at = case when ? then coalesce(revoked_at, ?) end,
                    sealed = coalesce(?::bytea, sealed)
                where project_id = ? and integration_id = ? and name = ?""",
                hash, test, replaced, run.now, revoked, run.now,
                replaced ? sealed(key.secret().orElseThrow().clear()) : null, project, integration, key.name());
        run.note(Kind.CHANGED, what);
    }

    /** Keys from before they could sign were kept as hashes only; here is one in the clear again. */
    private void letSign(int integration, KeySetup key) throws SQLException {
        run.tx.update("update integration_keys set sealed = ? where project_id = ? and integration_id = ? and name = ?",
                sealed(key.secret().orElseThrow().clear()), project, integration, key.name());
    }

    /** What an integration signs with must be there in the clear to check it, so it is encrypted, not only hashed. */
    private byte[] sealed(String secret) {
        return run.tools.secrets().seal(secret.getBytes(StandardCharsets.UTF_8));
    }

    private Instant revokedAt(boolean revoked) {
        return revoked ? run.now : null;
    }

    private boolean isTaken(KeySetup key) throws SQLException {
        return references.isTaken(key.secret().orElseThrow(), key.place().key("secret"));
    }
}
