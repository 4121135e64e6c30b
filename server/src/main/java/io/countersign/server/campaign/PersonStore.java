package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.CustomFields;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import io.countersign.server.template.Filling;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds the one customer for whom a text is filled to be looked at. */
final class PersonStore {
    private PersonStore() {}

    /** The customer of an id; one that was merged away finds the survivor. */
    static Optional<UUID> byId(Tx tx, ProjectId project, UUID id) throws SQLException {
        return tx.one("""
                select coalesce(merged_into, customer_id) as id from customers
                where project_id = ? and customer_id = ?""", row -> row.uuid("id"), project.value(), id);
    }

    /** The primary holder of a contact. */
    static Optional<UUID> byContact(Tx tx, ProjectId project, TypedContact contact) throws SQLException {
        return tx.one("""
                select customer_id from contact_points
                where project_id = ? and type = ? and value = ? and slot = 'primary'""",
                row -> row.uuid("customer_id"), project.value(), Names.of(contact.type()), contact.value());
    }

    /** What texts may say of a customer; the contact and the secrets of a message are to be added. */
    static Filling.Person person(Tx tx, ProjectId project, UUID customer) throws SQLException {
        Map<String, String> ids = new HashMap<>();
        tx.list("""
                select distinct on (name) name, value from external_ids
                where project_id = ? and customer_id = ? order by name, position""",
                row -> ids.put(row.text("name"), row.text("value")), project.value(), customer);
        return tx.one("""
                select c.first_name, c.last_name, c.fields::text as fields,
                       (select p.value from contact_points p where p.project_id = c.project_id
                          and p.customer_id = c.customer_id and p.type = 'email' and p.slot = 'primary') as email,
                       (select p.value from contact_points p where p.project_id = c.project_id
                          and p.customer_id = c.customer_id and p.type = 'mobile' and p.slot = 'primary') as mobile
                from customers c where c.project_id = ? and c.customer_id = ?""",
                row -> person(row, ids), project.value(), customer).orElseThrow();
    }

    private static Filling.Person person(Row row, Map<String, String> ids) throws SQLException {
        return new Filling.Person(Optional.ofNullable(row.text("first_name")),
                Optional.ofNullable(row.text("last_name")), Optional.ofNullable(row.text("email")),
                Optional.ofNullable(row.text("mobile")), CustomFields.parse(row.text("fields")), ids, "", Map.of());
    }

    /** The postal address in the foot of a brand's mails. */
    static Optional<String> postalAddress(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("select postal_address from brands where project_id = ? and brand_id = ?",
                row -> Optional.ofNullable(row.text("postal_address")), campaign.project().value(),
                campaign.scope().brand().value()).flatMap(address -> address);
    }
}
