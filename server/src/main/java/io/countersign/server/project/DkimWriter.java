package io.countersign.server.project;

import io.countersign.server.project.DkimPairs.Pair;
import io.countersign.server.project.ProvisionReport.Kind;
import io.countersign.server.project.Setups.BrandSetup;
import io.countersign.server.project.Setups.DkimSetup;
import java.sql.SQLException;
import java.util.Optional;

/** Writes the keys that a brand signs with. One that is there stays as it is, also when it was retired. */
final class DkimWriter {
    private static final String ACTOR = "provisioning";
    private static final String RSA = "rsa-sha256";

    private final ProvisionRun run;
    private final int project;
    private final String projectSlug;

    DkimWriter(ProvisionRun run, int project, String projectSlug) {
        this.run = run;
        this.project = project;
        this.projectSlug = projectSlug;
    }

    void write(int brand, BrandSetup setup) throws SQLException {
        if (setup.dkim().isEmpty()) {
            return;
        }
        var sender = new Sender(run.tx.one("select sender_email from brands where project_id = ? and brand_id = ?",
                row -> Optional.ofNullable(row.text("sender_email")), project, brand).orElseThrow(), Optional.empty(),
                Optional.empty());
        for (DkimSetup key : setup.dkim()) {
            if (sender.isVouchedForBy(key.domain())) {
                write(brand, setup.slug(), key);
            } else {
                run.problems.add(key.place(), "its domain must be that of the brand's sender, or one above it");
            }
        }
    }

    private void write(int brand, String brandSlug, DkimSetup key) throws SQLException {
        String what = "DKIM key " + key.selector() + "._domainkey." + key.domain() + " of " + projectSlug + "/"
                + brandSlug;
        record Stored(String algorithm, String record) {}
        Optional<Stored> stored = run.tx.one("""
                select algorithm, record from dkim_keys
                where project_id = ? and brand_id = ? and domain = ? and selector = ?""",
                row -> new Stored(row.text("algorithm"), row.text("record")), project, brand, key.domain(),
                key.selector());
        Optional<Pair> own = own(key);
        if (stored.isEmpty()) {
            Pair pair = own.orElseGet(() -> run.tools.pairs().make(key.algorithm().orElse(RSA)));
            insert(brand, key, pair);
            run.note(Kind.CREATED, what + ", to be published as TXT " + pair.record());
        } else {
            boolean another = own.filter(pair -> !pair.record().equals(stored.get().record())).isPresent()
                    || key.algorithm().filter(algorithm -> !algorithm.equals(stored.get().algorithm())).isPresent();
            if (another) {
                run.problems.add(key.place(), "the brand has had another key of this selector; take a new selector");
            }
            run.note(Kind.UNCHANGED, what);
        }
    }

    private Optional<Pair> own(DkimSetup key) {
        try {
            return key.privateKey().map(pem -> run.tools.pairs().read(pem.clear()));
        } catch (IllegalArgumentException e) {
            run.problems.add(key.place(), "its private_key " + e.getMessage());
            return Optional.empty();
        }
    }

    private void insert(int brand, DkimSetup key, Pair pair) throws SQLException {
        run.tx.update("""
                insert into dkim_keys (project_id, brand_id, domain, selector, algorithm, record, sealed, created_at,
                                       created_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", project, brand, key.domain(), key.selector(), pair.algorithm(),
                pair.record(), run.tools.secrets().seal(pair.secret()), run.now, ACTOR);
    }
}
