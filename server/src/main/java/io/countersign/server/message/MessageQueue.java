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
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The tables {@code messages} and {@code deliveries} as a queue. A message is taken with a lease, kept alive while it
 * is under way; when its node dies the lease runs out and another takes it again.
 */
final class MessageQueue {
    /** How long a taken message is left to its node; renewed while the node lives. */
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Insert DELIVERIES = Insert.upsert("deliveries", "do nothing", "project_id integer",
            "message_id uuid", "attempt integer", "at timestamptz", "result text", "code integer", "reply text");

    private MessageQueue() {}

    /** The projects with something due: one read, so that taking always names its project. */
    static List<Due> due(Tx tx, Instant now) throws SQLException {
        return tx.list("""
                select p.project_id, c.channel from projects p, (values ('email'), ('sms')) as c (channel)
                where exists (select 1 from messages m where m.project_id = p.project_id and m.channel = c.channel
                              and m.state in ('queued', 'sending') and m.due_at <= ? and not m.bulk)
                order by p.project_id, c.channel""",
                row -> new Due(new ProjectId(row.integer("project_id")), row.text("channel")), now);
    }

    /** A project that has something due on a channel. */
    record Due(ProjectId project, String channel) {}

    /** Takes at most {@code most} due messages, oldest first, past those that others are taking. */
    static List<Taken> take(Tx tx, Due due, int most, Instant now) throws SQLException {
        ProjectId project = due.project();
        return tx.list("""
                with due as (
                    select message_id from messages
                    where project_id = ? and channel = ? and state in ('queued', 'sending') and due_at <= ? and not bulk
                    order by due_at, message_id
                    limit ?
                    for update skip locked),
                taken as (
                    update messages m set state = 'sending', attempts = attempts + 1, due_at = ?
                    from due where m.project_id = ? and m.message_id = due.message_id
                    returning m.project_id, m.message_id, m.brand_id, m.attempts, m.channel, m.recipient, m.language,
                              m.customer_id, m.contact_id, m.challenge_id, m.content, m.created_at, m.campaign_id,
                              m.variant, m.bulk,
                              case m.channel when 'sms' then 'mobile' else 'email' end as type)
                select t.message_id, t.brand_id, t.attempts, t.type, t.recipient, t.language, t.content, t.created_at,
                       t.campaign_id, t.variant, t.bulk,
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
                                            and v.value = t.recipient""",
                row -> taken(project, row), project.value(), due.channel(), now, most, now.plus(LEASE),
                project.value(), now, now);
    }

    private static Taken taken(ProjectId project, Row row) throws SQLException {
        var letter = new Taken.Letter(new BrandId(row.integer("brand_id")), Optional.ofNullable(row.text("content")),
                campaign(row), row.instant("created_at"));
        var recipient = new Taken.Recipient(row.uuid("customer_id"), Names.parse(ContactType.class, row.text("type")),
                row.text("recipient"), row.text("language"), row.flag("troubled"));
        return new Taken(project, row.uuid("message_id"), row.integer("attempts"), letter, recipient, asked(row),
                facts(row));
    }

    private static Optional<Taken.OfCampaign> campaign(Row row) throws SQLException {
        Integer id = row.integerOrNull("campaign_id");
        return id == null ? Optional.empty() : Optional.of(new Taken.OfCampaign(id,
                Optional.ofNullable(row.text("variant")), row.flag("bulk")));
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

    /** Keeps the leases of messages that are under way here. */
    static void renew(Tx tx, ProjectId project, Collection<UUID> messages, Instant now) throws SQLException {
        tx.update("""
                update messages set due_at = ?
                where project_id = ? and message_id = any(?) and state = 'sending'""",
                now.plus(LEASE), project.value(), Tx.ArrayOf.of("uuid", List.copyOf(messages)));
    }

    /** What is taken by nobody who lives is due at once; only for a node that is alone on its database. */
    static int releaseAll(Tx tx, Instant now) throws SQLException {
        return tx.update("update messages set due_at = ? where state = 'sending' and due_at > ?", now, now);
    }

    /** Writes what came of tries: the message's state, and the try itself. */
    static void finish(Tx tx, ProjectId project, List<Try> tries, Instant now) throws SQLException {
        tx.update("""
                update messages m
                set state = n.state, due_at = coalesce(n.due_at, m.due_at), reason = n.reason,
                    done_at = case when n.state in ('sent', 'failed', 'skipped') then ?::timestamptz end
                from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[])
                     as n (message_id, state, due_at, reason)
                where m.project_id = ? and m.message_id = n.message_id and m.state = 'sending'""",
                now, column("uuid", tries, Try::message), column("text", tries, Try::state),
                column("timestamptz", tries, done -> done.due() == null ? null : done.due().toString()),
                column("text", tries, Try::reason), project.value());
        tx.insert(DELIVERIES, tries.stream().filter(done -> done.result() != null)
                .map(done -> new Object[] {project.value(), done.message(), done.attempt(), now, done.result(),
                    done.code(), done.reply()}).toList());
    }

    private static Tx.ArrayOf column(String type, List<Try> tries, java.util.function.Function<Try, Object> value) {
        return new Tx.ArrayOf(type, tries.stream().map(value).toArray());
    }

    /**
     * What came of one try.
     *
     * @param state  of the message from now on
     * @param due    when it is tried again; null when it is done
     * @param result of the delivery; null when there was none, for a message that was skipped
     */
    record Try(UUID message, int attempt, String state, Instant due, String reason, String result, Integer code,
               String reply) {}
}
