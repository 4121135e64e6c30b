package io.countersign.server.confirmation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.confirmation.AuthenticationTickets.Made;
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
public final class AuthenticationStore {
    private static final Insert INSERT = Insert.into("authentication_tickets", "project_id integer",
            "secret_hash bytea", "kind text", "customer_id uuid", "value_hash bytea", "created_at timestamptz",
            "expires_at timestamptz");

    private AuthenticationStore() {}

    /** Writes the hashes of tickets, before the messages that carry them are handed over. */
    public static void write(Tx tx, ProjectId project, List<Made> tickets, Instant now) throws SQLException {
        tx.insert(INSERT, tickets.stream().map(ticket -> new Object[] {project.value(), ticket.hash(),
            Names.of(ticket.wanted().kind()), ticket.wanted().customer(), ticket.value(), now,
            ticket.wanted().good().map(now::plus).orElse(null)}).toList());
    }

    /**
     * A stored ticket.
     *
     * @param customer  as merged since
     * @param bound     keyed hash of the contact that it was sent to; null for a kind that is bound to none
     * @param primary   the customer's primary contact of that type now
     * @param expiresAt null for one without end
     */
    record Stored(byte[] hash, AuthenticationKind kind, UUID customer, byte[] bound, Optional<String> primary,
                  Instant expiresAt) {}

    static Optional<Stored> find(Tx tx, ProjectId project, byte[] hash) throws SQLException {
        return tx.one("""
                select t.secret_hash, t.kind, coalesce(c.merged_into, c.customer_id) as customer_id, t.value_hash,
                       t.expires_at, p.value
                from authentication_tickets t
                join customers c on c.project_id = t.project_id and c.customer_id = t.customer_id
                left join contact_points p on p.project_id = t.project_id and p.slot = 'primary'
                     and p.customer_id = coalesce(c.merged_into, c.customer_id)
                     and p.type = case when t.kind = 'mobile_hex' then 'mobile' else 'email' end
                where t.project_id = ? and t.secret_hash = ?""", AuthenticationStore::stored, project.value(), hash);
    }

    private static Stored stored(Row row) throws SQLException {
        return new Stored(row.bytes("secret_hash"), Names.parse(AuthenticationKind.class, row.text("kind")),
                row.uuid("customer_id"), row.bytes("value_hash"), Optional.ofNullable(row.text("value")),
                row.instant("expires_at"));
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
}
