package io.countersign.server.confirmation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code authentication_tickets}, and whom contacts and external ids stand for. */
final class AuthenticationStore {
    static final Insert INSERT = Insert.into("authentication_tickets", "project_id integer", "secret_hash bytea",
            "kind text", "customer_id uuid", "value_hash bytea", "created_at timestamptz", "expires_at timestamptz");

    private AuthenticationStore() {}

    /** @param value null for a ticket that is bound to no contact; {@code expiresAt} null for one without end */
    record Stored(byte[] hash, AuthenticationKind kind, UUID customer, byte[] value, Instant expiresAt) {}

    /** A ticket, with the customer as merged since. */
    static Optional<Stored> find(Tx tx, ProjectId project, byte[] hash) throws SQLException {
        return tx.one("""
                select t.secret_hash, t.kind, coalesce(c.merged_into, c.customer_id) as customer_id, t.value_hash,
                       t.expires_at
                from authentication_tickets t
                join customers c on c.project_id = t.project_id and c.customer_id = t.customer_id
                where t.project_id = ? and t.secret_hash = ?""", AuthenticationStore::stored, project.value(), hash);
    }

    private static Stored stored(Row row) throws SQLException {
        return new Stored(row.bytes("secret_hash"), Names.parse(AuthenticationKind.class, row.text("kind")),
                row.uuid("customer_id"), row.bytes("value_hash"), row.instant("expires_at"));
    }

    /** The primary contact of a customer; what is only claimed stands for nobody. */
    static Optional<String> primary(Tx tx, ProjectId project, UUID customer, ContactType type) throws SQLException {
        return tx.one("""
                select value from contact_points
                where project_id = ? and customer_id = ? and type = ? and slot = 'primary'""",
                row -> row.text("value"), project.value(), customer, Names.of(type));
    }

    /** The primary holder of a contact; {@code flagged}: only where it gives access to the account (CU14). */
    static Optional<UUID> holder(Tx tx, ProjectId project, ContactType type, String value, boolean flagged)
            throws SQLException {
        return tx.one("""
                select customer_id from contact_points
                where project_id = ? and type = ? and value = ? and slot = 'primary' and (account_access or not ?)""",
                row -> row.uuid("customer_id"), project.value(), Names.of(type), value, flagged);
    }

    static Optional<UUID> named(Tx tx, ProjectId project, String name, String value) throws SQLException {
        return tx.one("select customer_id from external_ids where project_id = ? and name = ? and value = ?",
                row -> row.uuid("customer_id"), project.value(), name, value);
    }

    static void insert(Tx tx, List<Object[]> rows) throws SQLException {
        tx.insert(INSERT, rows);
    }
}
