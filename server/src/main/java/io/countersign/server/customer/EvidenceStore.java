package io.countersign.server.customer;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The tables {@code history} and {@code consents}, as they are shown. */
final class EvidenceStore {
    /** What has a row by a key is looked up and not joined: a join of nine tables took longer to plan than to run. */
    private static final String CONSENT = """
            c.consent_id, c.kind as consent_kind, c.at as consent_at, c.contact_id,
            (select w.text from wordings w
             where w.project_id = c.project_id and w.wording_hash = c.wording_hash) as wording,
            c.form_id, c.form_version, c.page, c.ip, c.user_agent, c.actor as consent_actor, c.message_id, c.operation,
            (select k.slug from integrations k
             where k.project_id = c.project_id and k.integration_id = c.integration_id) as consent_integration,
            (select w.text from wordings w
             where w.project_id = c.project_id and w.wording_hash = c.mail_hash) as mail,
            c.customer_id as consent_customer, c.position,
            encode(c.previous_hash, 'hex') as previous_hash, encode(c.hash, 'hex') as consent_hash
            """;

    private EvidenceStore() {}

    /** What is asked for: at most so many, older than {@code before}. */
    record Reach(UUID before, int most) {
        /** The newest; nobody has more by ordinary use. */
        static final Reach NEWEST = new Reach(new UUID(-1, -1), 1000);
    }

    /** What happened to these customers, newest first. A topic that was deleted keeps its name here (TR8). */
    static List<ObjectNode> history(Tx tx, int project, Collection<UUID> customers, Reach reach)
            throws SQLException {
        return tx.list("""
                select h.history_id, h.at, h.kind, h.change, h.contact_type, h.value,
                       (select b.slug from brands b
                        where b.project_id = h.project_id and b.brand_id = h.brand_id) as brand,
                       h.channel, t.slug as topic, t.name as topic_name, t.deleted_at as topic_deleted_at, h.before,
                       h.after, h.source,
                       (select i.slug from integrations i
                        where i.project_id = h.project_id and i.integration_id = h.integration_id) as integration,
                       h.actor, h.detail,\s""" + CONSENT + """
                from history h
                left join topics t on t.project_id = h.project_id and t.topic_id = h.topic_id
                left join consents c on c.project_id = h.project_id and c.consent_id = h.consent_id
                where h.project_id = ? and h.customer_id = any(?) and h.history_id < ?
                order by h.history_id desc limit ?""",
                EvidenceStore::history, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)), reach.before(),
                reach.most());
    }

    private static ObjectNode history(Row row) throws SQLException {
        ObjectNode entry = Json.object().put("id", Ids.show("his", row.uuid("history_id")))
                .put("at", row.instant("at").toString()).put("kind", row.text("kind"))
                .put("change", row.text("change")).put("contact_type", row.text("contact_type"))
                .put("value", row.text("value")).put("brand", row.text("brand"))
                .put("channel", row.text("channel"))
                .put("topic", row.text("topic")).put("before", row.text("before"))
                .put("after", row.text("after"))
                .put("source", row.text("source")).put("integration", row.text("integration"))
                .put("actor", row.text("actor"));
        if (row.text("topic") != null) {
            entry.put("topic_name", row.text("topic_name"))
                    .put("topic_deleted", row.instant("topic_deleted_at") != null);
        }
        String detail = row.text("detail");
        entry.set("detail", detail == null ? null : Json.parse(detail));
        entry.set("consent", row.uuid("consent_id") == null ? null : consent(row));
        return entry;
    }

    /** The evidence behind what these customers agreed to, newest first. */
    static List<ObjectNode> consents(Tx tx, int project, Collection<UUID> customers, Reach reach)
            throws SQLException {
        return tx.list("select " + CONSENT + """
                from consents c
                where c.project_id = ? and c.customer_id = any(?) and c.consent_id < ?
                order by c.consent_id desc limit ?""",
                EvidenceStore::consent, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)), reach.before(),
                reach.most());
    }

    private static ObjectNode consent(Row row) throws SQLException {
        Instant at = row.instant("consent_at");
        Long contact = row.numberOrNull("contact_id");
        UUID message = row.uuid("message_id");
        ObjectNode consent = Json.object().put("id", Ids.show("con", row.uuid("consent_id")))
                .put("kind", row.text("consent_kind"))
                .put("at", at.toString()).put("contact", contact == null ? null : "ctp_" + contact)
                .put("wording", row.text("wording")).put("form", row.text("form_id"))
                .put("form_version", row.integerOrNull("form_version")).put("page", row.text("page"))
                .put("ip", row.text("ip")).put("user_agent", row.text("user_agent"))
                .put("actor", row.text("consent_actor"))
                .put("integration", row.text("consent_integration")).put("operation", row.text("operation"))
                .put("message", message == null ? null : Ids.show("msg", message)).put("mail", row.text("mail"));
        consent.putObject("chain").put("customer", DocumentStore.show(row.uuid("consent_customer")))
                .put("position", row.integer("position")).put("previous", row.text("previous_hash"))
                .put("hash", row.text("consent_hash"));
        return consent;
    }
}
