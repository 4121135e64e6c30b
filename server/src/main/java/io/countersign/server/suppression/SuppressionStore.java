package io.countersign.server.suppression;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table {@code suppressions}. */
public final class SuppressionStore {
    /** The actor of those that a bounce made. */
    public static final String BOUNCE = "bounce";
    private static final int MOST = 200;
    private static final String COLUMNS =
            " suppression_id, type, value, reason, actor, created_at, lifted_at, lifted_by ";

    private static final Insert ROWS = Insert.upsert("suppressions",
            "(project_id, type, value, reason) where lifted_at is null do nothing", "project_id integer",
            "suppression_id uuid", "type text", "value text", "reason text", "actor text", "created_at timestamptz");

    private SuppressionStore() {}

    /**
     * Puts live ones in, in one statement; where there is one of the same reason already, that stays. Locked in their
     * order, so that batches cannot wait in a circle.
     *
     * @return those that were put in
     */
    public static Set<UUID> insert(Tx tx, int project, Collection<Suppression> made) throws SQLException {
        if (made.isEmpty()) {
            return Set.of();
        }
        tx.insert(ROWS, made.stream().sorted(Comparator.comparing((Suppression one) -> one.contact().value()))
                .map(one -> new Object[] {project, one.id(), Names.of(one.contact().type()), one.contact().value(),
                    Names.of(one.reason()), one.actor(), one.createdAt()}).toList());
        return Set.copyOf(tx.list("""
                select suppression_id from suppressions where project_id = ? and suppression_id = any(?)""",
                row -> row.uuid("suppression_id"), project,
                Tx.ArrayOf.of("uuid", made.stream().map(Suppression::id).toList())));
    }

    /** Puts a live one in; false when there is one of the same reason already. */
    static boolean insert(Tx tx, int project, Suppression made) throws SQLException {
        return tx.update("""
                insert into suppressions (project_id, suppression_id, type, value, reason, actor, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (project_id, type, value, reason) where lifted_at is null do nothing""",
                project, made.id(), Names.of(made.contact().type()), made.contact().value(),
                Names.of(made.reason()), made.actor(), made.createdAt()) == 1;
    }

    static Optional<Suppression> live(Tx tx, int project, TypedContact contact, SuppressionReason reason)
            throws SQLException {
        return tx.one("select" + COLUMNS + """
                from suppressions
                where project_id = ? and type = ? and value = ? and reason = ? and lifted_at is null""",
                SuppressionStore::row, project, Names.of(contact.type()), contact.value(), Names.of(reason));
    }

    /** The live ones of a contact, newest first. */
    static List<Suppression> live(Tx tx, int project, TypedContact contact) throws SQLException {
        return tx.list("select" + COLUMNS + """
                from suppressions
                where project_id = ? and type = ? and value = ? and lifted_at is null
                order by suppression_id desc limit ?""",
                SuppressionStore::row, project, Names.of(contact.type()), contact.value(), MOST);
    }

    /** Lifts a live one; false when there is none of this id, or it was lifted before. */
    static boolean lift(Tx tx, int project, UUID id, Suppression.Lifted lifted) throws SQLException {
        return tx.update("""
                update suppressions set lifted_at = ?, lifted_by = ?
                where project_id = ? and suppression_id = ? and lifted_at is null""",
                lifted.at(), lifted.by(), project, id) == 1;
    }

    /** Lifts what bounces suppressed of these contacts, in their order. */
    public static void liftBounces(Tx tx, int project, Map<TypedContact, Suppression.Lifted> lifted)
            throws SQLException {
        if (lifted.isEmpty()) {
            return;
        }
        var contacts = lifted.keySet().stream().sorted(Comparator.comparing(TypedContact::value)).toList();
        tx.update("""
                update suppressions s set lifted_at = f.at, lifted_by = f.by
                from (select l.suppression_id, q.at, q.by
                      from unnest(?, ?, ?, ?) as q (type, value, at, by)
                      join suppressions l on l.project_id = ? and l.type = q.type and l.value = q.value
                        and l.reason = 'hard_bounce' and l.lifted_at is null and l.actor = ?
                      order by l.value for no key update of l) f
                where s.project_id = ? and s.suppression_id = f.suppression_id""",
                Tx.ArrayOf.of("text", contacts.stream().map(contact -> Names.of(contact.type())).toList()),
                Tx.ArrayOf.of("text", contacts.stream().map(TypedContact::value).toList()),
                Tx.ArrayOf.of("timestamptz", contacts.stream().map(contact -> lifted.get(contact).at()).toList()),
                Tx.ArrayOf.of("text", contacts.stream().map(contact -> lifted.get(contact).by()).toList()),
                project, BOUNCE, project);
    }

    static boolean exists(Tx tx, int project, UUID id) throws SQLException {
        return tx.one("select 1 as found from suppressions where project_id = ? and suppression_id = ?",
                row -> row.integer("found"), project, id).isPresent();
    }

    private static Suppression row(Row row) throws SQLException {
        Instant liftedAt = row.instant("lifted_at");
        return new Suppression(row.uuid("suppression_id"),
                new TypedContact(Names.parse(ContactType.class, row.text("type")), row.text("value")),
                Names.parse(SuppressionReason.class, row.text("reason")), row.text("actor"),
                row.instant("created_at"), liftedAt == null ? Optional.empty()
                : Optional.of(new Suppression.Lifted(liftedAt, row.text("lifted_by"))));
    }
}
