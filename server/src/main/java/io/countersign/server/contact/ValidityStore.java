package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.InvalidReason;
import io.countersign.domain.contact.Validity;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table {@code contact_validity}. */
public final class ValidityStore {
    private static final Insert ROWS = Insert.into("contact_validity", "project_id integer", "type text",
            "value text", "reason text", "invalid_since timestamptz", "invalid_until timestamptz", "refused integer",
            "refused_since timestamptz", "full_periods integer");

    private ValidityStore() {}

    /** What is known of these, locked in their order, so that batches cannot wait in a circle. */
    public static List<Validity> lock(Tx tx, int project, Collection<Validity.Contact> contacts) throws SQLException {
        if (contacts.isEmpty()) {
            return List.of();
        }
        return tx.list("""
                select type, value, reason, invalid_since, invalid_until, refused, refused_since, full_periods
                from contact_validity
                where project_id = ? and (type, value) in (select * from unnest(?::text[], ?::text[]))
                order by type, value
                for no key update""",
                ValidityStore::validity, project, types(contacts), values(contacts));
    }

    private static Validity validity(Row row) throws SQLException {
        var contact = new Validity.Contact(Names.parse(ContactType.class, row.text("type")), row.text("value"));
        String reason = row.text("reason");
        Optional<Validity.Invalid> invalid = reason == null ? Optional.empty()
                : Optional.of(new Validity.Invalid(Names.parse(InvalidReason.class, reason),
                        row.instant("invalid_since"), Optional.ofNullable(row.instant("invalid_until"))));
        var refusals = new Validity.Refusals(row.integer("refused"),
                Optional.ofNullable(row.instant("refused_since")));
        return new Validity(contact, invalid, refusals, row.integer("full_periods"));
    }

    /** Writes these; one that another transaction has begun meanwhile is a conflict, and begun again. */
    public static void write(Tx tx, int project, Collection<Validity> before, Collection<Validity> after)
            throws SQLException {
        Set<Validity.Contact> known = before.stream().map(Validity::contact).collect(Collectors.toSet());
        List<Validity> changed = after.stream().filter(validity -> !before.contains(validity)).toList();
        delete(tx, project, changed.stream().map(Validity::contact).filter(known::contains).toList());
        tx.insert(ROWS, changed.stream().filter(validity -> !validity.isClean())
                .sorted(Comparator.comparing((Validity validity) -> Names.of(validity.contact().type()))
                        .thenComparing(validity -> validity.contact().value()))
                .map(validity -> columns(project, validity)).toList());
    }

    private static Object[] columns(int project, Validity validity) {
        Optional<Validity.Invalid> invalid = validity.invalid();
        return new Object[] {project, Names.of(validity.contact().type()), validity.contact().value(),
            invalid.map(known -> Names.of(known.reason())).orElse(null),
            invalid.map(Validity.Invalid::since).orElse(null), invalid.flatMap(Validity.Invalid::until).orElse(null),
            validity.refusals().count(), validity.refusals().first().orElse(null), validity.fullPeriods()};
    }

    private static void delete(Tx tx, int project, Collection<Validity.Contact> contacts) throws SQLException {
        if (!contacts.isEmpty()) {
            tx.update("""
                    delete from contact_validity
                    where project_id = ? and (type, value) in (select * from unnest(?::text[], ?::text[]))""",
                    project, types(contacts), values(contacts));
        }
    }

    /** Forgets those of these that nobody holds any more. */
    public static void forget(Tx tx, int project, Collection<Validity.Contact> contacts) throws SQLException {
        if (!contacts.isEmpty()) {
            tx.update("""
                    delete from contact_validity v
                    where v.project_id = ? and (v.type, v.value) in (select * from unnest(?::text[], ?::text[]))
                      and not exists (select from contact_points p where p.project_id = v.project_id
                                      and p.type = v.type and p.value = v.value and p.slot = 'primary')
                      and not exists (select from contact_points p where p.project_id = v.project_id
                                      and p.type = v.type and p.value = v.value and p.slot = 'non_primary')""",
                    project, types(contacts), values(contacts));
        }
    }

    private static Tx.ArrayOf types(Collection<Validity.Contact> contacts) {
        return texts(contacts.stream().map(contact -> Names.of(contact.type())));
    }

    private static Tx.ArrayOf values(Collection<Validity.Contact> contacts) {
        return texts(contacts.stream().map(Validity.Contact::value));
    }

    private static Tx.ArrayOf texts(Stream<String> texts) {
        return new Tx.ArrayOf("text", texts.toArray());
    }
}
