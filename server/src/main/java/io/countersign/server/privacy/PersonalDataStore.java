package io.countersign.server.privacy;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.http.Json;
import io.countersign.server.privacy.CopyRows.Order;
import io.countersign.server.privacy.CopyRows.Part;
import io.countersign.server.privacy.CopyRows.Source.ByContact;
import io.countersign.server.privacy.CopyRows.Source.ByCustomer;
import io.countersign.server.privacy.CopyRows.Source.Consents;
import io.countersign.server.privacy.CopyRows.Source.History;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the copy of a person's data has beside the customer's document: of every table that has rows of customers or of
 * contacts. Which tables these are, and which are left out and why, stands in docs/guides/personal-data.md.
 */
final class PersonalDataStore {
    private static final List<Part> EVIDENCE = List.of(
            new Part("history", new History()),
            new Part("consents", new Consents()));

    private static final List<Part> PROFILE = List.of(
            new Part("origins", new ByCustomer(Order.ID, """
                    select customer_id as place, source, user_group, created_at, changed_at, last_action_at
                    from customers where project_id = ? and customer_id = any(?) and customer_id < ?
                    order by customer_id desc limit ?""", row -> Json.object()
                    .put("customer", Ids.show("cus", row.uuid("place"))).put("source", row.text("source"))
                    .put("user_group", row.text("user_group")).put("created_at", at(row, "created_at"))
                    .put("changed_at", at(row, "changed_at")).put("last_action_at", at(row, "last_action_at")))),
            new Part("all_external_ids", new ByCustomer(Order.TEXT, """
                    select (name || ' ' || value) collate "C" as place, name, value from external_ids
                    where project_id = ? and customer_id = any(?) and (name || ' ' || value) collate "C" > ?
                    order by 1 limit ?""", row -> Json.object().put("name", row.text("name"))
                    .put("value", row.text("value")))),
            new Part("contact_details", new ByCustomer(Order.NUMBER, """
                    select contact_id as place, value, account_access, created_at from contact_points
                    where project_id = ? and customer_id = any(?) and contact_id < ?
                    order by contact_id desc limit ?""", row -> Json.object()
                    .put("contact", "ctp_" + row.number("place")).put("value", row.text("value"))
                    .put("account_access", row.flag("account_access")).put("created_at", at(row, "created_at")))),
            new Part("confirmations", new ByCustomer(Order.ID, """
                    select c.challenge_id as place, c.purpose, c.type, c.value, c.scope, c.form_id, c.state,
                           c.created_at, c.expires_at, c.closed_at, c.tried,
                           (select b.slug from brands b
                            where b.project_id = c.project_id and b.brand_id = c.brand_id) as brand
                    from challenges c
                    where c.project_id = ? and c.customer_id = any(?) and c.challenge_id < ?
                    order by c.challenge_id desc limit ?""", row -> Json.object()
                    .put("purpose", row.text("purpose")).put("brand", row.text("brand")).put("type", row.text("type"))
                    .put("contact", row.text("value")).put("scope", row.text("scope")).put("form", row.text("form_id"))
                    .put("state", row.text("state")).put("created_at", at(row, "created_at"))
                    .put("expires_at", at(row, "expires_at")).put("closed_at", at(row, "closed_at"))
                    .put("wrong_codes", row.integer("tried")))));

    private static final List<Part> MESSAGES = List.of(
            new Part("messages", new ByCustomer(Order.ID, """
                    select m.message_id as place, m.channel, m.kind, m.recipient, m.language, m.state, m.reason,
                           m.created_at, m.done_at, m.parameters,
                           (select b.slug from brands b
                            where b.project_id = m.project_id and b.brand_id = m.brand_id) as brand,
                           (select g.name from campaigns g
                            where g.project_id = m.project_id and g.campaign_id = m.campaign_id) as campaign,
                           (select w.text from wordings w
                            where w.project_id = m.project_id and w.wording_hash = m.wording_hash) as wording,
                           (select jsonb_agg(jsonb_build_object('at', to_char(d.at at time zone 'UTC',
                                             'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'result', d.result, 'reply', d.reply)
                                             order by d.attempt)
                            from deliveries d
                            where d.project_id = m.project_id and d.message_id = m.message_id) as tries
                    from messages m
                    where m.project_id = ? and m.customer_id = any(?) and m.message_id < ?
                    order by m.message_id desc limit ?""", PersonalDataStore::message)),
            new Part("message_events", new ByCustomer(Order.ID, """
                    select event_id as place, message_id, at, kind, detail, automatic, ip, user_agent
                    from message_events where project_id = ? and customer_id = any(?) and event_id < ?
                    order by event_id desc limit ?""", row -> Json.object()
                    .put("message", Ids.show("msg", row.uuid("message_id"))).put("at", at(row, "at"))
                    .put("kind", row.text("kind")).put("detail", row.text("detail"))
                    .put("automatic", row.flag("automatic")).put("ip", row.text("ip"))
                    .put("user_agent", row.text("user_agent")))),
            new Part("poll_votes", new ByCustomer(Order.TEXT, """
                    select (v.poll_id || ' ' || v.customer_id) collate "C" as place, p.question, a.label, v.at
                    from poll_votes v
                    join polls p on p.project_id = v.project_id and p.poll_id = v.poll_id
                    left join poll_answers a on a.project_id = v.project_id and a.poll_id = v.poll_id
                                            and a.position = v.position
                    where v.project_id = ? and v.customer_id = any(?)
                      and (v.poll_id || ' ' || v.customer_id) collate "C" > ?
                    order by 1 limit ?""", row -> Json.object().put("question", row.text("question"))
                    .put("answer", row.text("label")).put("at", at(row, "at")))));

    private static final List<Part> OFFERS = List.of(
            new Part("points", new ByCustomer(Order.ID, """
                    select customer_id as place, balance, expires_at, changed_at from points
                    where project_id = ? and customer_id = any(?) and customer_id < ?
                    order by customer_id desc limit ?""", row -> Json.object().put("balance", row.text("balance"))
                    .put("expires_at", at(row, "expires_at")).put("changed_at", at(row, "changed_at")))),
            new Part("promo_codes", new ByCustomer(Order.NUMBER, """
                    select c.position as place, p.slug, c.code, c.issued_at, c.request from promo_codes c
                    join promo_pools p on p.project_id = c.project_id and p.pool_id = c.pool_id
                    where c.project_id = ? and c.customer_id = any(?) and c.position < ?
                    order by c.position desc limit ?""", row -> Json.object().put("pool", row.text("slug"))
                    .put("code", row.text("code")).put("issued_at", at(row, "issued_at"))
                    .put("given_for", row.text("request")))),
            new Part("product_actions", new ByCustomer(Order.ID, """
                    select action_id as place, product_id, kind, at from product_actions
                    where project_id = ? and customer_id = any(?) and action_id < ?
                    order by action_id desc limit ?""", row -> Json.object().put("product", row.text("product_id"))
                    .put("action", row.text("kind")).put("at", at(row, "at")))));

    private static final List<Part> CONTACTS = List.of(
            new Part("campaign_files", new ByContact(Order.TEXT, """
                    select (lpad(a.campaign_id::text, 10, '0') || lpad(a.line::text, 10, '0')) collate "C" as place,
                           g.name, a.line, a.value, a.outcome, a.reason
                    from campaign_addresses a
                    join campaigns g on g.project_id = a.project_id and g.campaign_id = a.campaign_id
                    join unnest(?::text[], ?::text[]) as n (type, value)
                      on n.value = a.value and (n.type = 'email') = (g.channel = 'email')
                    where a.project_id = ?
                      and (lpad(a.campaign_id::text, 10, '0') || lpad(a.line::text, 10, '0')) collate "C" > ?
                    order by 1 limit ?""", row -> Json.object().put("campaign", row.text("name"))
                    .put("line", row.integer("line")).put("contact", row.text("value"))
                    .put("outcome", row.text("outcome")).put("reason", row.text("reason")))),
            new Part("suppressions", new ByContact(Order.ID, """
                    select suppression_id as place, value, reason, created_at, lifted_at from suppressions
                    where (type, value) in (select * from unnest(?::text[], ?::text[])) and project_id = ?
                      and suppression_id < ?
                    order by suppression_id desc limit ?""", row -> Json.object().put("contact", row.text("value"))
                    .put("reason", row.text("reason")).put("created_at", at(row, "created_at"))
                    .put("lifted_at", at(row, "lifted_at")))),
            new Part("delivery_problems", new ByContact(Order.TEXT, """
                    select (type || ' ' || value) collate "C" as place, value, reason, invalid_since, invalid_until,
                           refused, refused_since
                    from contact_validity
                    where (type, value) in (select * from unnest(?::text[], ?::text[])) and project_id = ?
                      and (type || ' ' || value) collate "C" > ?
                    order by 1 limit ?""", row -> Json.object().put("contact", row.text("value"))
                    .put("reason", row.text("reason")).put("since", at(row, "invalid_since"))
                    .put("until", at(row, "invalid_until")).put("refusals", row.integer("refused"))
                    .put("refused_since", at(row, "refused_since")))),
            new Part("reports", new ByContact(Order.ID, """
                    select feedback_id as place, at, kind, reason, recipient, detail from feedback_unmatched
                    where lower(recipient) in (select lower(n.value)
                                               from unnest(?::text[], ?::text[]) as n (type, value))
                      and project_id = ? and feedback_id < ?
                    order by feedback_id desc limit ?""", row -> Json.object().put("at", at(row, "at"))
                    .put("kind", row.text("kind")).put("reason", row.text("reason"))
                    .put("contact", row.text("recipient")).put("detail", row.text("detail")))));

    private static final List<Part> REQUESTS = List.of(
            new Part("privacy_requests", new ByCustomer(Order.ID, """
                    select request_id as place, kind, state, asked_at, confirmed_at, closed_at, reason
                    from privacy_requests where project_id = ? and customer_id = any(?) and request_id < ?
                    order by request_id desc limit ?""", row -> Json.object().put("kind", row.text("kind"))
                    .put("state", row.text("state")).put("asked_at", at(row, "asked_at"))
                    .put("confirmed_at", at(row, "confirmed_at")).put("closed_at", at(row, "closed_at"))
                    .put("reason", row.text("reason")))));

    /** All parts, in the order of the copy. */
    static final List<Part> PARTS = Stream.of(PROFILE, MESSAGES, OFFERS, CONTACTS, EVIDENCE, REQUESTS)
            .flatMap(List::stream).toList();

    private PersonalDataStore() {}

    private static ObjectNode message(Row row) throws SQLException {
        ObjectNode message = Json.object().put("id", Ids.show("msg", row.uuid("place")))
                .put("channel", row.text("channel")).put("kind", row.text("kind")).put("brand", row.text("brand"))
                .put("campaign", row.text("campaign")).put("recipient", row.text("recipient"))
                .put("language", row.text("language")).put("state", row.text("state"))
                .put("reason", row.text("reason")).put("created_at", at(row, "created_at"))
                .put("done_at", at(row, "done_at")).put("text", row.text("wording"));
        for (String name : List.of("parameters", "tries")) {
            String json = row.text(name);
            message.set(name, json == null ? null : Json.parse(json));
        }
        return message;
    }

    private static String at(Row row, String column) throws SQLException {
        Instant at = row.instant(column);
        return at == null ? null : at.toString();
    }
}
