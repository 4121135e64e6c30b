package io.countersign.server.privacy;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What is stored about one person beside the customer's document: the tables that have rows of customers. */
final class PersonalDataStore {
    private static final int MOST = 10_000;
    private static final List<Part> PARTS = List.of(
            new Part("messages", """
                    select m.message_id, m.channel, m.kind, m.recipient, m.state, m.created_at, m.done_at,
                           g.name as campaign
                    from messages m
                    left join campaigns g on g.project_id = m.project_id and g.campaign_id = m.campaign_id
                    where m.project_id = ? and m.customer_id = any(?)
                    order by m.message_id desc limit ?""", PersonalDataStore::message),
            new Part("message_events", """
                    select message_id, at, kind, detail, automatic, ip, user_agent from message_events
                    where project_id = ? and customer_id = any(?)
                    order by event_id desc limit ?""", PersonalDataStore::event),
            new Part("origins", """
                    select customer_id, source, user_group from customers
                    where project_id = ? and customer_id = any(?) and (source is not null or user_group is not null)
                    order by customer_id limit ?""", row -> Json.object()
                    .put("customer", Ids.show("cus", row.uuid("customer_id"))).put("source", row.text("source"))
                    .put("user_group", row.text("user_group"))),
            new Part("all_external_ids", """
                    select name, value from external_ids where project_id = ? and customer_id = any(?)
                    order by name, position, value limit ?""", row -> Json.object().put("name", row.text("name"))
                    .put("value", row.text("value"))),
            new Part("points", """
                    select balance, expires_at, changed_at from points where project_id = ? and customer_id = any(?)
                    order by changed_at desc limit ?""", row -> Json.object().put("balance", row.text("balance"))
                    .put("expires_at", text(row.instant("expires_at")))
                    .put("changed_at", text(row.instant("changed_at")))),
            new Part("promo_codes", """
                    select p.slug, c.code, c.issued_at from promo_codes c
                    join promo_pools p on p.project_id = c.project_id and p.pool_id = c.pool_id
                    where c.project_id = ? and c.customer_id = any(?)
                    order by c.issued_at desc, c.position desc limit ?""", row -> Json.object()
                    .put("pool", row.text("slug")).put("code", row.text("code"))
                    .put("issued_at", text(row.instant("issued_at")))),
            new Part("product_actions", """
                    select product_id, kind, at from product_actions where project_id = ? and customer_id = any(?)
                    order by at desc, action_id desc limit ?""", row -> Json.object()
                    .put("product", row.text("product_id")).put("action", row.text("kind"))
                    .put("at", text(row.instant("at")))),
            new Part("poll_votes", """
                    select p.question, a.label, v.at from poll_votes v
                    join polls p on p.project_id = v.project_id and p.poll_id = v.poll_id
                    left join poll_answers a on a.project_id = v.project_id and a.poll_id = v.poll_id
                                            and a.position = v.position
                    where v.project_id = ? and v.customer_id = any(?)
                    order by v.at desc limit ?""", row -> Json.object().put("question", row.text("question"))
                    .put("answer", row.text("label")).put("at", text(row.instant("at")))),
            new Part("privacy_requests", """
                    select kind, state, asked_at, closed_at from privacy_requests
                    where project_id = ? and customer_id = any(?)
                    order by request_id desc limit ?""", row -> Json.object().put("kind", row.text("kind"))
                    .put("state", row.text("state")).put("asked_at", text(row.instant("asked_at")))
                    .put("closed_at", text(row.instant("closed_at")))));

    private PersonalDataStore() {}

    /** What one table has, the newest first: a query of the project, the customer's ids and how many at most. */
    private record Part(String name, String sql, Tx.Mapper<ObjectNode> row) {}

    /** @param customers all ids of the person: what was kept of somebody merged stays with the old id */
    static void add(Tx tx, ProjectId project, List<UUID> customers, ObjectNode document) throws SQLException {
        var ids = Tx.ArrayOf.of("uuid", customers);
        for (Part part : PARTS) {
            tx.list(part.sql(), part.row(), project.value(), ids, MOST).forEach(document.putArray(part.name())::add);
        }
    }

    private static ObjectNode message(Row row) throws SQLException {
        return Json.object().put("id", Ids.show("msg", row.uuid("message_id"))).put("channel", row.text("channel"))
                .put("kind", row.text("kind")).put("campaign", row.text("campaign"))
                .put("recipient", row.text("recipient")).put("state", row.text("state"))
                .put("created_at", text(row.instant("created_at"))).put("done_at", text(row.instant("done_at")));
    }

    private static ObjectNode event(Row row) throws SQLException {
        return Json.object().put("message", Ids.show("msg", row.uuid("message_id")))
                .put("at", text(row.instant("at"))).put("kind", row.text("kind"))
                .put("detail", row.text("detail")).put("automatic", row.flag("automatic")).put("ip", row.text("ip"))
                .put("user_agent", row.text("user_agent"));
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
