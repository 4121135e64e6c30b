package io.countersign.server.proof;

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

/** The messages to somebody, with what they showed, as a proof document tells of them. */
final class SentStore {
    private static final int MOST = 1_000;

    private SentStore() {}

    /** Newest last, at most the newest 1,000. A campaign's text is that of its variant in the message's language. */
    static List<ObjectNode> of(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return tx.list("""
                select m.message_id, m.channel, m.kind, m.recipient, m.state, m.reason, m.created_at, m.done_at,
                       b.slug as brand, c.slug as campaign, w.text as wording,
                       coalesce(x.subject, o.subject) as subject, coalesce(nullif(x.text, ''), x.html,
                                nullif(o.text, ''), o.source) as text
                from messages m
                join brands b on b.project_id = m.project_id and b.brand_id = m.brand_id
                left join campaigns c on c.project_id = m.project_id and c.campaign_id = m.campaign_id
                left join wordings w on w.project_id = m.project_id and w.wording_hash = m.wording_hash
                left join message_texts x on x.project_id = m.project_id and x.text_hash = m.content
                left join lateral (
                    select k.subject, k.text, k.source
                    from campaign_contents n
                    join contents k on k.project_id = n.project_id and k.content_hash = n.content_hash
                    where n.project_id = m.project_id and n.campaign_id = m.campaign_id
                      and (m.variant is null or n.variant = m.variant)
                    order by (n.language = m.language) desc nulls last, (n.language = b.language) desc, n.variant
                    limit 1) o on true
                where m.project_id = ? and m.customer_id = any(?)
                order by m.message_id desc limit ?""",
                SentStore::message, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)), MOST).reversed();
    }

    private static ObjectNode message(Row row) throws SQLException {
        Instant done = row.instant("done_at");
        String wording = row.text("wording");
        return Json.object().put("id", Ids.show("msg", row.uuid("message_id")))
                .put("channel", row.text("channel")).put("kind", row.text("kind")).put("brand", row.text("brand"))
                .put("campaign", row.text("campaign")).put("recipient", row.text("recipient"))
                .put("state", row.text("state")).put("reason", row.text("reason"))
                .put("created_at", row.instant("created_at").toString())
                .put("done_at", done == null ? null : done.toString())
                .put("subject", row.text("subject")).put("text", wording == null ? row.text("text") : wording);
    }
}
