package io.countersign.server.link;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.server.link.LinkedMessage.Address;
import io.countersign.server.link.LinkedMessage.Ended;
import io.countersign.server.link.LinkedMessage.OfCampaign;
import io.countersign.server.link.LinkedMessage.Tracks;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what links, and what comes back, need to know of their messages. */
public final class LinkedMessageStore {
    private LinkedMessageStore() {}

    static Optional<LinkedMessage> find(Tx tx, ProjectId project, UUID message) throws SQLException {
        return find(tx, project, List.of(message)).stream().findFirst();
    }

    /** Those of these messages that there are, and whose customer is not gone. */
    public static List<LinkedMessage> find(Tx tx, ProjectId project, Collection<UUID> messages) throws SQLException {
        return tx.list("""
                select m.message_id, m.brand_id, coalesce(c.merged_into, c.customer_id) as customer_id, m.channel,
                       m.recipient, m.done_at, m.state = 'sent' as sent, m.campaign_id, m.test,
                       m.wording_hash,
                       coalesce(m.variant, g.winner) as variant, t.topic_id, g.poll_id,
                       coalesce(g.landing_url, b.landing_url) as landing_url,
                       g.tracks_opens and b.tracks_opens as opens, g.tracks_clicks and b.tracks_clicks as clicks
                from messages m
                join customers c on c.project_id = m.project_id and c.customer_id = m.customer_id
                join brands b on b.project_id = m.project_id and b.brand_id = m.brand_id
                left join campaigns g on g.project_id = m.project_id and g.campaign_id = m.campaign_id
                left join topics t on t.project_id = g.project_id and t.topic_id = g.topic_id and t.deleted_at is null
                where m.project_id = ? and m.message_id = any(?)""",
                row -> message(project, row), project.value(), Tx.ArrayOf.of("uuid", List.copyOf(messages)));
    }

    private static LinkedMessage message(ProjectId project, Row row) throws SQLException {
        ContactType type = row.text("channel").equals("sms") ? ContactType.MOBILE : ContactType.EMAIL;
        return new LinkedMessage(row.uuid("message_id"), project, new BrandId(row.integer("brand_id")),
                row.uuid("customer_id"), new Address(type, row.text("recipient")), campaign(row),
                ended(row),
                Optional.ofNullable(row.bytes("wording_hash")).map(HexFormat.of()::formatHex));
    }

    private static Optional<Ended> ended(Row row) throws SQLException {
        Instant at = row.instant("done_at");
        return at == null ? Optional.empty() : Optional.of(new Ended(at, row.flag("sent")));
    }

    private static Optional<OfCampaign> campaign(Row row) throws SQLException {
        Integer id = row.integerOrNull("campaign_id");
        return id == null ? Optional.empty() : Optional.of(new OfCampaign(id,
                Optional.ofNullable(row.integerOrNull("topic_id")).map(TopicId::new),
                Optional.ofNullable(row.text("variant")), Optional.ofNullable(row.integerOrNull("poll_id")),
                Optional.ofNullable(row.text("landing_url")), new Tracks(row.flag("opens"), row.flag("clicks")),
                row.flag("test")));
    }
}
