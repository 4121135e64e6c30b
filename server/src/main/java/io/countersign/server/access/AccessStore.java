package io.countersign.server.access;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Caller.Role;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Integration;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a keyed hash stands for. */
final class AccessStore {
    private AccessStore() {}

    /** A key or a token as it is stored. */
    sealed interface Credential {
        record Key(ProjectId project, IntegrationId integration, boolean test, Instant createdAt,
                   boolean revoked) implements Credential {}

        record Token(Caller.OfOperator operator) implements Credential {}
    }

    /** One round trip, two reads by unique index; found or not, the work is the same. */
    static Optional<Credential> find(Tx tx, byte[] hash) throws SQLException {
        return tx.one("""
                select project_id, integration_id, test, created_at, revoked_at is not null as revoked,
                       null as email, null as role
                from integration_keys where key_hash = ?
                union all
                select project_id, null, false, null, false, email, role
                from operators where token_hash = ?""",
                AccessStore::credential, hash, hash);
    }

    /** The sealed keys that may sign now: not revoked, and made after {@code youngest} if they are for tests. */
    static List<byte[]> signingKeys(Tx tx, Integration integration, Instant youngest) throws SQLException {
        return tx.list("""
                select sealed from integration_keys
                where project_id = ? and integration_id = ? and sealed is not null and revoked_at is null
                  and (not test or created_at > ?)
                order by created_at desc limit 50""",
                row -> row.bytes("sealed"), integration.project().value(), integration.id().value(), youngest);
    }

    private static Credential credential(Row row) throws SQLException {
        var project = new ProjectId(row.integer("project_id"));
        if (row.text("email") != null) {
            Role role = Role.valueOf(row.text("role").toUpperCase(Locale.ROOT));
            return new Credential.Token(new Caller.OfOperator(project, row.text("email"), role));
        }
        return new Credential.Key(project, new IntegrationId(row.integer("integration_id")), row.flag("test"),
                row.instant("created_at"), row.flag("revoked"));
    }
}
