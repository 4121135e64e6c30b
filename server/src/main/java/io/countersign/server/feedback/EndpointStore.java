package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.feedback.Endpoint.Kind;
import io.countersign.server.feedback.Endpoint.Made;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code feedback_endpoints}. */
final class EndpointStore {
    private static final String COLUMNS = " endpoint_id, kind, name, created_by, created_at, revoked_at ";

    private EndpointStore() {}

    /** @param sealed the key that events are signed with; null for other kinds */
    static void insert(Tx tx, Endpoint made, byte[] hash, byte[] sealed) throws SQLException {
        tx.update("""
                insert into feedback_endpoints (project_id, endpoint_id, kind, name, secret_hash, sealed, created_by,
                                                created_at)
                values (?, ?, ?, ?, ?, ?::bytea, ?, ?)""",
                made.project().value(), made.id(), Names.of(made.kind()), made.name(), hash, sealed, made.made().by(),
                made.made().at());
    }

    /** An endpoint that takes reports. */
    record Live(Endpoint endpoint, Optional<byte[]> sealed) {}

    static Optional<Live> live(Tx tx, ProjectId project, byte[] hash) throws SQLException {
        return tx.one("select sealed," + COLUMNS + """
                from feedback_endpoints where project_id = ? and secret_hash = ? and revoked_at is null""",
                row -> new Live(endpoint(project, row), Optional.ofNullable(row.bytes("sealed"))), project.value(),
                hash);
    }

    /** Live and revoked ones, the newest first, made before {@code before}. */
    static List<Endpoint> list(Tx tx, ProjectId project, Optional<UUID> before, int most) throws SQLException {
        return tx.list("select" + COLUMNS + """
                from feedback_endpoints
                where project_id = ? and (?::uuid is null or endpoint_id < ?::uuid)
                order by endpoint_id desc limit ?""",
                row -> endpoint(project, row), project.value(), before.orElse(null), before.orElse(null), most);
    }

    static int countLive(Tx tx, ProjectId project) throws SQLException {
        return tx.one("select count(*) as n from feedback_endpoints where project_id = ? and revoked_at is null",
                row -> row.integer("n"), project.value()).orElse(0);
    }

    /** Revokes one; again changes nothing. False when there is none of this id. */
    static boolean revoke(Tx tx, ProjectId project, UUID id, Instant at) throws SQLException {
        return tx.update("""
                update feedback_endpoints set revoked_at = coalesce(revoked_at, ?)
                where project_id = ? and endpoint_id = ?""", at, project.value(), id) == 1;
    }

    private static Endpoint endpoint(ProjectId project, Row row) throws SQLException {
        return new Endpoint(row.uuid("endpoint_id"), project, Names.parse(Kind.class, row.text("kind")),
                row.text("name"), new Made(row.text("created_by"), row.instant("created_at")),
                Optional.ofNullable(row.instant("revoked_at")));
    }
}
