package io.countersign.server.campaign;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.CustomFields;
import io.countersign.server.eligibility.EligibilityForm;
import io.countersign.server.eligibility.EligibilityForm.Reach;
import io.countersign.server.eligibility.Scope;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Brand;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the messages of a take need to know, each in one statement for all of them. */
final class LetterStore {
    private LetterStore() {}

    /** A customer as texts may speak of them; fields with their values. */
    record Person(Optional<String> firstName, Optional<String> lastName, Optional<String> email,
                  Optional<String> mobile, Map<String, Object> fields, Map<String, String> externalIds) {
        static final Person UNKNOWN = new Person(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Map.of(), Map.of());

        /** The field {@code language}, in which the customer is written to; null for the brand's. */
        String language() {
            return fields.get("language") instanceof String tag ? tag : null;
        }
    }

    /**
     * The first reason against each of these messages of one campaign, by its public name; those that may go are left
     * out.
     */
    static Map<UUID, String> reasons(Tx tx, Campaign campaign, Brand brand, Checks checks, Checked checked)
            throws SQLException {
        var scope = new Scope(brand, campaign.scope().channel(), campaign.scope().topic(),
                AudienceSql.type(campaign.scope().channel()), checked.now());
        Sql held = Sql.of("""
                select m.message_id, p.customer_id, p.contact_id, m.recipient as value, p.slot, p.verification,
                       p.verified_at
                from unnest(?) as q (id)
                join lateral (select message_id, contact_id, recipient from messages
                              where project_id = ? and message_id = q.id offset 0) as m on true
                left join lateral (select customer_id, contact_id, slot, verification, verified_at from contact_points
                                   where project_id = ? and contact_id = m.contact_id and value = m.recipient
                                   offset 0) as p on true""",
                ArrayOf.of("uuid", List.copyOf(checked.messages())), campaign.project().value(),
                campaign.project().value());
        var reasons = new HashMap<UUID, String>();
        tx.list(Sql.of("select f.message_id, " + EligibilityForm.reason(scope, checks) + " as reason from (")
                .then(EligibilityForm.facts(scope, checks, held, Reach.SOME)).then(") as f"), row -> {
                    String reason = row.text("reason");
                    return reason == null ? null : reasons.put(row.uuid("message_id"), reason);
                });
        return reasons;
    }

    /** Which messages are checked, and when. */
    record Checked(Collection<UUID> messages, Instant now) {}

    static Map<UUID, Person> people(Tx tx, ProjectId project, Collection<UUID> customers) throws SQLException {
        var people = new HashMap<UUID, Person>();
        tx.list("""
                select c.customer_id, c.first_name, c.last_name, c.fields, o.email, o.mobile,
                       (select jsonb_object_agg(e.name, e.value) from external_ids e where e.project_id = c.project_id
                          and e.customer_id = c.customer_id and e.position = 0) as external_ids
                from customers c
                cross join lateral (
                    select max(p.value) filter (where p.type = 'email') as email,
                           max(p.value) filter (where p.type = 'mobile') as mobile
                    from contact_points p
                    where p.project_id = c.project_id and p.customer_id = c.customer_id and p.slot = 'primary') as o
                where c.project_id = ? and c.customer_id = any(?)""",
                row -> people.put(row.uuid("customer_id"), person(row)), project.value(),
                ArrayOf.of("uuid", List.copyOf(customers)));
        return people;
    }

    private static Person person(Row row) throws SQLException {
        String ids = row.text("external_ids");
        var externalIds = new HashMap<String, String>();
        if (ids != null) {
            Json.parse(ids).properties().forEach(id -> externalIds.put(id.getKey(), id.getValue().stringValue()));
        }
        return new Person(Optional.ofNullable(row.text("first_name")), Optional.ofNullable(row.text("last_name")),
                Optional.ofNullable(row.text("email")), Optional.ofNullable(row.text("mobile")),
                Map.copyOf(CustomFields.parse(row.text("fields"))), Map.copyOf(externalIds));
    }

    /** Keeps which text each message is sent in, for links and numbers; a later try is sent in the same. */
    static void keepTexts(Tx tx, ProjectId project, Map<UUID, CampaignTexts.Key> texts) throws SQLException {
        if (!texts.isEmpty()) {
            List<UUID> messages = List.copyOf(texts.keySet());
            tx.update("""
                    update messages m set variant = n.variant, language = n.language
                    from unnest(?::uuid[], ?::text[], ?::text[]) as n (message_id, variant, language)
                    where m.project_id = ? and m.message_id = n.message_id""",
                    ArrayOf.of("uuid", messages),
                    ArrayOf.of("text", messages.stream().map(id -> texts.get(id).variant()).toList()),
                    ArrayOf.of("text", messages.stream().map(id -> texts.get(id).language()).toList()),
                    project.value());
        }
    }
}
