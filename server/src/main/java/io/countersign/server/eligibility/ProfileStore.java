package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Optional;

/** The checks of a project's own profiles. */
final class ProfileStore {
    private ProfileStore() {}

    static Optional<NamedChecks> find(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one("""
                select subscription, validity, frequency, awaiting from sending_profiles
                where project_id = ? and slug = ?""",
                row -> new NamedChecks(slug, new Checks(row.flag("subscription"), row.flag("validity"),
                        row.flag("frequency"), row.flag("awaiting"))), project.value(), slug);
    }
}
