package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Validity;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** By which contacts somebody is or was known: what lies in files and reports under an address of his is about him. */
public final class KnownContactStore {
    private KnownContactStore() {}

    /**
     * The contacts that these customers hold, held or were written to, without those that somebody else has as primary
     * now.
     *
     * @param dropped what they held until just now
     */
    static List<Validity.Contact> of(Tx tx, int project, Collection<UUID> customers,
            Collection<Validity.Contact> dropped) throws SQLException {
        var ids = Tx.ArrayOf.of("uuid", List.copyOf(customers));
        return tx.list("""
                with known as (
                    select type, value from contact_points where project_id = ? and customer_id = any(?)
                    union
                    select contact_type, value from history
                    where project_id = ? and customer_id = any(?) and contact_type is not null and value is not null
                    union
                    select case channel when 'email' then 'email' else 'mobile' end, recipient from messages
                    where project_id = ? and customer_id = any(?)
                    union
                    select * from unnest(?::text[], ?::text[]))
                select k.type, k.value from known k
                where not exists (select from contact_points p
                                  where p.project_id = ? and p.type = k.type and p.value = k.value
                                    and p.slot = 'primary' and p.customer_id <> all(?))
                order by k.type, k.value""",
                row -> new Validity.Contact(Names.parse(ContactType.class, row.text("type")), row.text("value")),
                project, ids, project, ids, project, ids,
                Tx.ArrayOf.of("text", dropped.stream().map(contact -> Names.of(contact.type())).toList()),
                Tx.ArrayOf.of("text", dropped.stream().map(Validity.Contact::value).toList()), project, ids);
    }

    /** The same of somebody who lives; all ids of the person. */
    public static List<Validity.Contact> of(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return of(tx, project, customers, List.of());
    }
}
