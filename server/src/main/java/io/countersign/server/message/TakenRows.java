package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How messages that are due become taken ones. */
final class TakenRows {
    /** Behind {@code with due as (select message_id ...),}; takes the end of the lease, the project, now and now. */
    private static final String TAKING = """
            taken as (
                update messages m set state = 'sending', attempts = attempts + 1, due_at = ?
                from due where m.project_id = ? and m.message_id = due.message_id
                returning m.project_id, m.message_id, m.brand_id, m.attempts, m.channel, m.recipient, m.language,
                          m.customer_id, m.contact_id, m.challenge_id, m.content, m.created_at, m.campaign_id,
                          m.variant,
                          case m.channel when 'sms' then 'mobile' else 'email' end as type)
            select t.message_id, t.brand_id, t.attempts, t.type, t.recipient, t.language, t.content, t.created_at,
                   t.campaign_id, t.variant,
                   h.challenge_id, h.state = 'open' and h.expires_at > ? as open, h.expires_at, h.scope,
                   h.topic_ids, coalesce(p.customer_id, t.customer_id) as customer_id,
                   p.slot, p.verification, v.value is not null as troubled,
                   v.reason is null or v.invalid_until <= ? as valid,
                   (select status from subscriptions s where s.project_id = t.project_id
                      and s.customer_id = t.customer_id and s.brand_id = t.brand_id
                      and s.channel = t.channel and s.topic_id = 0) as channel_status,
                   array(select x.reason from suppressions x where x.project_id = t.project_id
                      and x.type = t.type and x.value = t.recipient and x.lifted_at is null) as suppressions
            from taken t
            left join challenges h on h.project_id = t.project_id and h.challenge_id = t.challenge_id
            left join contact_points p on p.project_id = t.project_id and p.contact_id = t.contact_id
                                      and p.value = t.recipient
            left join contact_validity v on v.project_id = t.project_id and v.type = t.type
                                        and v.value = t.recipient""";

    /** Takes now, the messages and three times the project. */
    private static final String OF_BULK = """
            select m.message_id, m.brand_id, m.attempts, m.type, m.recipient, m.language, m.created_at, m.campaign_id,
                   m.variant, coalesce(p.customer_id, m.customer_id) as customer_id, p.slot, p.verification,
                   v.value is not null as troubled, v.reason is null or v.invalid_until <= ? as valid
            from unnest(?) as q (id)
            join lateral (select message_id, brand_id, attempts + 1 as attempts, recipient, language, created_at,
                                 campaign_id, variant, customer_id, contact_id,
                                 case channel when 'sms' then 'mobile' else 'email' end as type
                          from messages where project_id = ? and message_id = q.id offset 0) as m on true
            left join lateral (select customer_id, slot, verification from contact_points
                               where project_id = ? and contact_id = m.contact_id and value = m.recipient
                               offset 0) as p on true
            left join lateral (select value, reason, invalid_until from contact_validity
                               where project_id = ? and type = m.type and value = m.recipient offset 0) as v on true""";

    private TakenRows() {}

    /**
     * Marks and reads what {@code due} finds, in one statement.
     *
     * @param due        a query for {@code message_id} of one project, which locks the rows
     * @param parameters of that query
     */
    static List<Taken> take(Tx tx, ProjectId project, String due, Instant now, Object... parameters)
            throws SQLException {
        return tx.list("with due as (\n" + due + "),\n" + TAKING, row -> new Taken(project, row.uuid("message_id"),
                row.integer("attempts"), letter(row, Optional.ofNullable(row.text("content")), Optional.empty()),
                recipient(row), asked(row), facts(row)), Stream.concat(Arrays.stream(parameters), Stream.of(
                        now.plus(MessageQueue.LEASE), project.value(), now, now)).toArray());
    }

    /** Reads messages of a campaign in bulk, which stay as they are: it is the take that marks them. */
    static List<Taken> ofBulk(Tx tx, ProjectId project, UUID take, List<UUID> messages, Instant now)
            throws SQLException {
        return tx.list(OF_BULK, row -> new Taken(project, row.uuid("message_id"), row.integer("attempts"),
                letter(row, Optional.empty(), Optional.of(take)), recipient(row), Optional.empty(),
                new Facts(holding(row), Set.of(), true, SubscriptionStatus.NO_DATA, Optional.empty())),
                now, Tx.ArrayOf.of("uuid", messages), project.value(), project.value(), project.value());
    }

    private static Taken.Letter letter(Row row, Optional<String> text, Optional<UUID> take) throws SQLException {
        Integer campaign = row.integerOrNull("campaign_id");
        return new Taken.Letter(new BrandId(row.integer("brand_id")), text, campaign == null ? Optional.empty()
                : Optional.of(new Taken.OfCampaign(campaign, Optional.ofNullable(row.text("variant")), take)),
                row.instant("created_at"));
    }

    private static Taken.Recipient recipient(Row row) throws SQLException {
        return new Taken.Recipient(row.uuid("customer_id"), Names.parse(ContactType.class, row.text("type")),
                row.text("recipient"), row.text("language"), row.flag("troubled"));
    }

    private static Optional<Taken.Asked> asked(Row row) throws SQLException {
        UUID challenge = row.uuid("challenge_id");
        return challenge == null ? Optional.empty()
                : Optional.of(new Taken.Asked(challenge, row.flag("open"), row.instant("expires_at"),
                        row.text("scope").equals("channel"),
                        row.integers("topic_ids").stream().map(TopicId::new).toList()));
    }

    private static Facts facts(Row row) throws SQLException {
        String channel = row.text("channel_status");
        return new Facts(holding(row), row.texts("suppressions").stream()
                .map(reason -> Names.parse(SuppressionReason.class, reason)).collect(Collectors.toSet()), true,
                channel == null ? SubscriptionStatus.NO_DATA : Names.parse(SubscriptionStatus.class, channel),
                Optional.empty());
    }

    private static Facts.Holding holding(Row row) throws SQLException {
        String slot = row.text("slot");
        if (slot == null) {
            return new Facts.Nobody();
        }
        return slot.equals("primary")
                ? new Facts.AsPrimary(Names.parse(Verification.class, row.text("verification")), row.flag("valid"))
                : new Facts.AsNonPrimary(row.flag("valid"));
    }
}
