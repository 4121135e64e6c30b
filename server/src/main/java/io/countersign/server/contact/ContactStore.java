package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table {@code contact_points}. */
public final class ContactStore {
    private static final Insert INSERT = Insert.into("contact_points", "project_id integer", "contact_id bigint",
            "customer_id uuid", "type text", "value text", "slot text", "verification text",
            "verified_at timestamptz", "account_access boolean", "created_at timestamptz");

    private ContactStore() {}

    public static List<ContactRow> of(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return tx.list("""
                select contact_id, customer_id, type, value, slot, verification, verified_at, account_access, created_at
                from contact_points
                where project_id = ? and customer_id = any(?)""",
                ContactStore::row, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)));
    }

    private static ContactRow row(Row row) throws SQLException {
        return new ContactRow(row.number("contact_id"), row.uuid("customer_id"),
                Names.parse(ContactType.class, row.text("type")), row.text("value"), proof(row),
                row.flag("account_access"), row.instant("created_at"));
    }

    private static Proof proof(Row row) throws SQLException {
        if (row.text("slot").equals("non_primary")) {
            return null;
        }
        return switch (row.text("verification")) {
            case "confirmed" -> new Proof.Confirmed(row.instant("verified_at"));
            case "pending" -> Proof.PENDING;
            default -> Proof.NO_DATA;
        };
    }

    /**
     * Writes what changed, so that no moment breaks a unique index: what goes first, then what steps back, then what
     * steps forward, then what is new. Of two contacts of one customer that change places the one that steps forward
     * goes and comes again. New values go in order, so that two batches cannot wait for each other.
     */
    public static void write(Tx tx, int project, ContactChanges changes) throws SQLException {
        List<ContactRow> back = changes.changed().stream().filter(row -> !row.isPrimary()).toList();
        Set<Place> left = back.stream().map(Place::of).collect(Collectors.toSet());
        Map<Boolean, List<ContactRow>> forward = changes.changed().stream().filter(ContactRow::isPrimary)
                .collect(Collectors.partitioningBy(row -> left.contains(Place.of(row))));
        List<ContactRow> swapped = forward.get(true);
        delete(tx, project, Stream.concat(changes.gone().stream(), swapped.stream())
                .map(ContactRow::id).toList());
        update(tx, project, back);
        update(tx, project, forward.get(false));
        tx.insert(INSERT, Stream.concat(changes.added().stream(), swapped.stream())
                .sorted(Comparator.comparing(ContactRow::type).thenComparing(ContactRow::value))
                .map(row -> columns(project, row)).toList());
    }

    private record Place(UUID customer, ContactType type) {
        static Place of(ContactRow row) {
            return new Place(row.customer(), row.type());
        }
    }

    private static void delete(Tx tx, int project, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            tx.update("delete from contact_points where project_id = ? and contact_id = any(?)", project,
                    Tx.ArrayOf.of("bigint", ids));
        }
    }

    private static void update(Tx tx, int project, List<ContactRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        tx.update("""
                update contact_points c
                set slot = n.slot, verification = n.verification, verified_at = n.verified_at,
                    account_access = n.account_access
                from unnest(?::bigint[], ?::text[], ?::text[], ?::timestamptz[], ?::boolean[])
                     as n (contact_id, slot, verification, verified_at, account_access)
                where c.project_id = ? and c.contact_id = n.contact_id""",
                Tx.ArrayOf.of("bigint", rows.stream().map(ContactRow::id).toList()),
                new Tx.ArrayOf("text", rows.stream().map(ContactStore::slot).toArray()),
                new Tx.ArrayOf("text", rows.stream().map(ContactStore::verification).toArray()),
                new Tx.ArrayOf("timestamptz", rows.stream().map(ContactStore::verifiedAtText).toArray()),
                new Tx.ArrayOf("boolean", rows.stream().map(ContactRow::access).toArray()), project);
    }

    private static Object[] columns(int project, ContactRow row) {
        return new Object[] {project, row.id(), row.customer(), Names.of(row.type()), row.value(), slot(row),
            verification(row), verifiedAt(row), row.access(), row.createdAt()};
    }

    private static String slot(ContactRow row) {
        return row.isPrimary() ? "primary" : "non_primary";
    }

    private static String verification(ContactRow row) {
        return row.isPrimary() ? Names.of(row.proof().verification()) : "pending";
    }

    private static Instant verifiedAt(ContactRow row) {
        return row.proof() instanceof Proof.Confirmed(Instant since) ? since : null;
    }

    private static String verifiedAtText(ContactRow row) {
        Instant at = verifiedAt(row);
        return at == null ? null : at.toString();
    }
}
