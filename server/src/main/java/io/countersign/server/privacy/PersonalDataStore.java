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

/** One person's messages and what became of them, also those of customers who were merged into this one. */
final class PersonalDataStore {
    private static final int MOST = 10_000;

    private PersonalDataStore() {}

    static List<ObjectNode> messages(Tx tx, ProjectId project, UUID customer) throws SQLException {
        return tx.list("""
                select m.message_id, m.channel, m.kind, m.recipient, m.state, m.created_at, m.done_at,
                       g.name as campaign
                from messages m
                left join campaigns g on g.project_id = m.project_id and g.campaign_id = m.campaign_id
                where m.project_id = ?
                  and m.customer_id = any(array(select c.customer_id from customers c
                                                where c.project_id = ? and c.merged_into = ?) || ?::uuid)
                order by m.message_id desc limit ?""",
                PersonalDataStore::message, project.value(), project.value(), customer, customer, MOST);
    }

    private static ObjectNode message(Row row) throws SQLException {
        return Json.object().put("id", Ids.show("msg", row.uuid("message_id"))).put("channel", row.text("channel"))
                .put("kind", row.text("kind")).put("campaign", row.text("campaign"))
                .put("recipient", row.text("recipient")).put("state", row.text("state"))
                .put("created_at", row.instant("created_at").toString()).put("done_at", text(row.instant("done_at")));
    }

    static List<ObjectNode> events(Tx tx, ProjectId project, UUID customer) throws SQLException {
        return tx.list("""
                select e.message_id, e.at, e.kind, e.detail, e.automatic, e.ip, e.user_agent
                from message_events e
                where e.project_id = ?
                  and e.customer_id = any(array(select c.customer_id from customers c
                                                where c.project_id = ? and c.merged_into = ?) || ?::uuid)
                order by e.event_id desc limit ?""",
                PersonalDataStore::event, project.value(), project.value(), customer, customer, MOST);
    }

    private static ObjectNode event(Row row) throws SQLException {
        return Json.object().put("message", Ids.show("msg", row.uuid("message_id")))
                .put("at", row.instant("at").toString()).put("kind", row.text("kind"))
                .put("detail", row.text("detail")).put("automatic", row.flag("automatic")).put("ip", row.text("ip"))
                .put("user_agent", row.text("user_agent"));
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
