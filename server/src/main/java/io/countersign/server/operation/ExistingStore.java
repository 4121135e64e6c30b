package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.CustomerStore;
import io.countersign.server.operation.ExistingCustomers.Existing;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.subscription.SubscriptionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads customers as the operations API shows them. */
final class ExistingStore {
    private ExistingStore() {}

    /** Who is named so; more than one when the ids are of different customers. */
    static Set<UUID> find(Tx tx, int project, Who who) throws SQLException {
        return switch (who) {
            case Who.Newcomer _, Who.ByChallenge _ -> Set.of();
            case Who.ById(UUID id) -> CustomerStore.living(tx, new ProjectId(project), id).map(Set::of)
                    .orElse(Set.of());
            case Who.ByExternalId(String name, String value) -> ids(tx, """
                    select customer_id from external_ids where project_id = ? and name = ? and value = ?""",
                    project, name, value);
            case Who.ByContact(ContactType type, String value) -> holder(tx, project, type, value, false);
            case Who.ByAccess(ContactType type, String value) -> holder(tx, project, type, value, true);
            case Who.ByAnyOf(List<Who> ways) -> {
                var found = new LinkedHashSet<UUID>();
                for (Who way : ways) {
                    found.addAll(find(tx, project, way));
                }
                yield found;
            }
        };
    }

    private static Set<UUID> holder(Tx tx, int project, ContactType type, String value, boolean flagged)
            throws SQLException {
        return ids(tx, """
                select customer_id from contact_points
                where project_id = ? and type = ? and value = ? and slot = 'primary' and (account_access or not ?)""",
                project, Names.of(type), value, flagged);
    }

    private static Set<UUID> ids(Tx tx, String sql, Object... parameters) throws SQLException {
        return Set.copyOf(tx.list(sql, row -> row.uuid("customer_id"), parameters));
    }

    /** A living customer's own row. */
    record Head(Optional<String> firstName, Optional<String> lastName, String fields, Instant changedAt) {}

    private static Optional<Head> head(Tx tx, int project, UUID id) throws SQLException {
        return tx.one("""
                select first_name, last_name, fields, changed_at from customers
                where project_id = ? and customer_id = ? and merged_into is null""",
                row -> new Head(Optional.ofNullable(row.text("first_name")),
                        Optional.ofNullable(row.text("last_name")), row.text("fields"), row.instant("changed_at")),
                project, id);
    }

    /** A contact of a customer. */
    record Contact(ContactType type, String value, boolean primary, String verification, boolean invalid) {}

    static List<Contact> contacts(Tx tx, int project, UUID id, Instant now) throws SQLException {
        return tx.list("""
                select c.type, c.value, c.slot, c.verification,
                       exists (select from contact_validity v
                               where v.project_id = c.project_id and v.type = c.type and v.value = c.value
                                 and v.reason is not null
                                 and (v.invalid_until is null or v.invalid_until > ?)) as invalid
                from contact_points c
                where c.project_id = ? and c.customer_id = ?""", ExistingStore::contact, now, project, id);
    }

    private static Contact contact(Row row) throws SQLException {
        return new Contact(Names.parse(ContactType.class, row.text("type")), row.text("value"),
                row.text("slot").equals("primary"), row.text("verification"), row.flag("invalid"));
    }

    /** An external id; a merge may leave more than one of a name. */
    record External(String name, String value) {}

    private static List<External> externalIds(Tx tx, int project, UUID id) throws SQLException {
        return tx.list("""
                select name, value from external_ids where project_id = ? and customer_id = ? order by name, value""",
                row -> new External(row.text("name"), row.text("value")), project, id);
    }

    /** A living customer; an id that was merged away finds the survivor. */
    static Optional<Existing> load(Tx tx, int project, UUID id, Instant now) throws SQLException {
        Set<UUID> living = find(tx, project, new Who.ById(id));
        if (living.isEmpty()) {
            return Optional.empty();
        }
        UUID own = living.iterator().next();
        Optional<Head> head = head(tx, project, own);
        return head.isEmpty() ? Optional.empty() : Optional.of(new Existing(own, head.get(),
                contacts(tx, project, own, now), externalIds(tx, project, own),
                SubscriptionStore.trees(SubscriptionStore.of(tx, project, List.of(own)))));
    }
}
