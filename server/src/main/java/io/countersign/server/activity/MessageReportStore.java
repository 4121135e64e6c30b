package io.countersign.server.activity;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Reads one message: what it is, what became of it, and why. */
final class MessageReportStore {
    /** More than are written down of one message. */
    private static final int MOST = 500;

    private MessageReportStore() {}

    /** Empty for a message of nobody, or of another project. */
    static Optional<ObjectNode> find(Tx tx, ProjectId project, UUID message) throws SQLException {
        Optional<ObjectNode> found = tx.one("""
                select m.message_id, m.kind, g.slug as campaign, g.profile, m.variant, m.language, b.slug as brand,
                       m.channel, t.slug as topic, m.contact_id, m.recipient,
                       coalesce(c.merged_into, m.customer_id) as customer_id, m.test, m.state, m.reason, m.attempts,
                       m.created_at, m.due_at, m.done_at
                from messages m
                join brands b on b.project_id = m.project_id and b.brand_id = m.brand_id
                left join campaigns g on g.project_id = m.project_id and g.campaign_id = m.campaign_id
                left join topics t on t.project_id = g.project_id and t.topic_id = g.topic_id
                left join customers c on c.project_id = m.project_id and c.customer_id = m.customer_id
                where m.project_id = ? and m.message_id = ?""", MessageReportStore::message, project.value(), message);
        if (found.isPresent()) {
            List<ObjectNode> tries = tries(tx, project, message);
            found.get().set("fault", fault(found.get(), tries));
            tries.forEach(found.get().putArray("tries")::add);
            events(tx, project, message).forEach(found.get().putArray("events")::add);
        }
        return found;
    }

    private static ObjectNode message(Row row) throws SQLException {
        String state = row.text("state");
        String reason = row.text("reason");
        ObjectNode message = Json.object().put("id", Ids.show("msg", row.uuid("message_id")))
                .put("kind", row.text("kind")).put("campaign", row.text("campaign"))
                .put("profile", row.text("profile")).put("variant", row.text("variant"))
                .put("language", row.text("language")).put("brand", row.text("brand"))
                .put("channel", row.text("channel")).put("topic", row.text("topic"));
        long contact = row.number("contact_id");
        message.putObject("contact").put("id", contact == 0 ? null : "ctp_" + contact)
                .put("type", row.text("channel").equals("sms") ? "mobile" : "email")
                .put("value", row.text("recipient"));
        return message.put("customer", Ids.show("cus", row.uuid("customer_id"))).put("test", row.flag("test"))
                .put("state", state).put("reason", reason)
                .put("explanation", MessageReasons.explanation(reason).orElse(null))
                .put("attempts", row.integer("attempts")).put("created_at", row.instant("created_at").toString())
                .put("due_at", state.equals("queued") ? row.instant("due_at").toString() : null)
                .put("sent_at", state.equals("sent") ? row.instant("done_at").toString() : null)
                .put("done_at", shown(row.instant("done_at")));
    }

    private static String shown(Instant at) {
        return at == null ? null : at.toString();
    }

    /** What was wrong with the text: the last try says it as {@code CODE: MESSAGE}. */
    private static ObjectNode fault(ObjectNode message, List<ObjectNode> tries) {
        if (!message.path("reason").asString("").equals(MessageReasons.TEMPLATE) || tries.isEmpty()) {
            return null;
        }
        String[] told = tries.getLast().path("reply").asString("").split(": ", 2);
        return told.length < 2 ? null : Json.object().put("code", told[0]).put("message", told[1]);
    }

    private static List<ObjectNode> tries(Tx tx, ProjectId project, UUID message) throws SQLException {
        return tx.list("""
                select attempt, at, result, code, reply from deliveries
                where project_id = ? and message_id = ? order by attempt limit ?""",
                row -> Json.object().put("attempt", row.integer("attempt")).put("at", row.instant("at").toString())
                        .put("result", row.text("result")).put("code", row.integerOrNull("code"))
                        .put("reply", row.text("reply")), project.value(), message, MOST);
    }

    private static List<ObjectNode> events(Tx tx, ProjectId project, UUID message) throws SQLException {
        return tx.list("""
                select event_id, at, kind, link, detail, automatic from message_events
                where project_id = ? and message_id = ? order by event_id limit ?""",
                row -> Json.object().put("id", Ids.show("mev", row.uuid("event_id")))
                        .put("at", row.instant("at").toString()).put("what", row.text("kind"))
                        .put("link", row.integerOrNull("link")).put("to", row.text("detail"))
                        .put("automatic", row.flag("automatic")), project.value(), message, MOST);
    }
}
