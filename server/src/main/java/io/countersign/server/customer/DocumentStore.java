package io.countersign.server.customer;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What customer documents are made of, for many customers at once. */
final class DocumentStore {
    private DocumentStore() {}

    /**
     * A living customer's own row.
     *
     * @param merged the ids that find this customer besides its own
     */
    record Head(UUID id, String firstName, String lastName, String fields, Instant createdAt,
            List<UUID> merged) {}

    static Map<UUID, Head> heads(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return tx.list("""
                select c.customer_id, c.first_name, c.last_name, c.fields, c.created_at,
                       (select string_agg(m.customer_id::text, ',' order by m.customer_id) from customers m
                        where m.project_id = c.project_id and m.merged_into = c.customer_id) as merged
                from customers c
                where c.project_id = ? and c.customer_id = any(?) and c.merged_into is null""",
                DocumentStore::head, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)))
                .stream().collect(Collectors.toMap(Head::id, head -> head));
    }

    private static Head head(Row row) throws SQLException {
        String merged = row.text("merged");
        return new Head(row.uuid("customer_id"), row.text("first_name"), row.text("last_name"),
                row.text("fields"), row.instant("created_at"), merged == null ? List.of()
                : Stream.of(merged.split(",")).map(UUID::fromString).toList());
    }

    /** Contacts as shown, by customer: email before mobile, primary before non-primary. */
    static Map<UUID, List<ObjectNode>> contacts(Tx tx, int project,
            Collection<UUID> customers, Instant now) throws SQLException {
        record Held(UUID customer, ObjectNode contact) {}
        return tx.list("""
                select c.customer_id, c.contact_id, c.type, c.value, c.slot, c.verification, c.verified_at,
                       not exists (select from contact_validity v
                                   where v.project_id = c.project_id and v.type = c.type and v.value = c.value
                                     and v.reason is not null
                                     and (v.invalid_until is null or v.invalid_until > ?)) as valid,
                       exists (select from suppressions s
                               where s.project_id = c.project_id and s.type = c.type and s.value = c.value
                                 and s.lifted_at is null) as suppressed
                from contact_points c
                where c.project_id = ? and c.customer_id = any(?)
                order by c.type, c.slot desc, c.contact_id""",
                row -> new Held(row.uuid("customer_id"), contact(row)), now, project,
                Tx.ArrayOf.of("uuid", List.copyOf(customers)))
                .stream().collect(Collectors.groupingBy(Held::customer,
                        Collectors.mapping(Held::contact, Collectors.toList())));
    }

    private static ObjectNode contact(Row row) throws SQLException {
        Instant verifiedAt = row.instant("verified_at");
        return Json.object().put("id", "ctp_" + row.number("contact_id")).put("type", row.text("type"))
                .put("value", row.text("value")).put("slot", row.text("slot"))
                .put("verification", row.text("verification"))
                .put("verified_at", verifiedAt == null ? null : verifiedAt.toString())
                .put("valid", row.flag("valid")).put("suppressed", row.flag("suppressed"));
    }

    /** Survivors by any of their ids; of ids that exist. */
    static Map<UUID, UUID> living(Tx tx, int project, Collection<UUID> ids) throws SQLException {
        var living = new HashMap<UUID, UUID>();
        tx.list("""
                select customer_id, coalesce(merged_into, customer_id) as living from customers
                where project_id = ? and customer_id = any(?)""",
                row -> living.put(row.uuid("customer_id"), row.uuid("living")), project,
                Tx.ArrayOf.of("uuid", List.copyOf(ids)));
        return living;
    }

    /** The text form of a customer's id. */
    static String show(UUID id) {
        return Ids.show("cus", id);
    }
}
