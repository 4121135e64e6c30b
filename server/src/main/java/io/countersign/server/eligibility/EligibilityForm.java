package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one SQL form of eligibility: what it depends on, read for one contact or for a million, and the same verdict as
 * {@code EligibilityRules}, to which a test holds it over every combination of facts.
 *
 * <p>Every fact is looked up by a whole key, and what a verdict does not ask for is not read at all.
 */
public final class EligibilityForm {
    private static final Duration DAY = Duration.ofDays(1);
    /** The node of a topic where there is none: nothing is looked up. */
    private static final Sql NO_NODE = Sql.of("select null::text as status where false");

    private EligibilityForm() {}

    /** How many contacts a query is about: it decides how the tables are read, and nothing else. */
    public enum Reach {
        /**
         * Some: each is looked up. The offset keeps the planner from joining otherwise than by the contact's own rows:
         * on tables filled since the last analyze it read the whole project for each, 12 ms instead of 0.3 ms with
         * 6,000 customers.
         */
        SOME(" offset 0"),
        /** All of a project: the tables are read once, and hashed. */
        ALL("");

        private final String end;

        Reach(String end) {
            this.end = end;
        }
    }

    /**
     * The facts about contacts, as a query.
     *
     * @param checks says whether the frequency is wanted: it alone is counted
     * @param held   a query of {@code customer_id, contact_id, value, slot, verification, verified_at, message_id} and
     *               whatever else is to be passed on; without customer and slot for a contact that nobody holds;
     *               {@code message_id} is the message about to go, if it is a message already
     */
    public static Sql facts(Scope scope, Checks checks, Sql held, Reach reach) {
        String channel = Names.of(scope.channel());
        return Sql.of("""
                select h.*, v.value is null as valid, x1.reason is not null as hard_bounce,
                       x2.reason is not null as complaint, x3.reason is not null as manual,
                       coalesce(c.status, case when ? = any (b.awaiting) then 'requires_confirmation' else b.status end,
                                'no_data') as channel_status,
                       coalesce(t.status, c.status,
                                case when ? = any (b.awaiting) then 'requires_confirmation' else b.status end,
                                'no_data') as node_status,
                """, channel, channel).then(checks.frequency() ? often(scope) : Sql.of("false")).then("""
                       as often
                from (""").then(held).then("""
                ) as h""").then(joins(scope, reach));
    }

    private static Sql joins(Scope scope, Reach reach) {
        int project = scope.brand().project().value();
        String channel = Names.of(scope.channel());
        String type = Names.of(scope.type());
        return Sql.of("")
                .then(join("b", subscription(scope).then("s.channel = '' and s.topic_id = 0"), reach))
                .then(join("c", subscription(scope).then("s.channel = ? and s.topic_id = 0", channel), reach))
                .then(join("t", scope.topic().map(topic -> subscription(scope).then("s.channel = ? and s.topic_id = ?",
                        channel, topic.value())).orElse(NO_NODE), reach))
                .then(join("v", Sql.of("""
                        select s.value from contact_validity s
                        where s.project_id = ? and s.type = ? and s.value = h.value and s.reason is not null
                          and (s.invalid_until is null or s.invalid_until > ?)""", project, type, scope.at()), reach))
                .then(join("x1", suppression(scope, SuppressionReason.HARD_BOUNCE), reach))
                .then(join("x2", suppression(scope, SuppressionReason.COMPLAINT), reach))
                .then(join("x3", suppression(scope, SuppressionReason.MANUAL), reach));
    }

    /** At most one row, so that nobody is there twice. */
    private static Sql join(String name, Sql fact, Reach reach) {
        return Sql.of("\nleft join lateral (").then(fact).then(reach.end + ") as " + name + " on true");
    }

    private static Sql subscription(Scope scope) {
        return Sql.of("""
                select s.status, s.awaiting from subscriptions s
                where s.project_id = ? and s.customer_id = h.customer_id and s.brand_id = ? and\s""",
                scope.brand().project().value(), scope.brand().id().value());
    }

    private static Sql suppression(Scope scope, SuppressionReason reason) {
        return Sql.of("""
                select s.reason from suppressions s
                where s.project_id = ? and s.type = ? and s.value = h.value and s.reason = ? and s.lifted_at is null""",
                scope.brand().project().value(), Names.of(scope.type()), Names.of(reason));
    }

    /**
     * Whether the brand's marketing of the last day is as much as it allows itself: messages of campaigns whose profile
     * looks at the frequency, to this customer and those who were merged into it, on this channel, which were sent, or
     * are under way and were there first; those in bulk are under way by their take. Of those that are taken together,
     * which this transaction has written, the smaller id was there first; whatever another transaction took was. A
     * brand without a limit counts nothing.
     */
    static Sql often(Scope scope) {
        int project = scope.brand().project().value();
        int brand = scope.brand().id().value();
        return Sql.of("""
                coalesce(case when (select messages_per_day from brands where project_id = ? and brand_id = ?) is null
                         then false
                         else (select count(*)
                               from (select m.project_id, m.campaign_id from messages m
                                     where m.project_id = ? and m.customer_id = any(array(
                                             select h.customer_id union all
                                             select g.customer_id from customers g
                                             where g.project_id = ? and g.merged_into = h.customer_id))
                                       and m.brand_id = ?
                                       and m.channel = ? and m.kind = 'campaign' and not m.test
                                       and (m.state = 'sent' and m.done_at > ? and m.done_at <= ?
                                            or m.state = 'sending' and m.message_id <> h.message_id
                                               and (m.message_id < h.message_id
                                                    or m.xmin <> pg_current_xact_id_if_assigned()::xid)
                                            or m.state = 'queued' and m.bulk and m.message_id <> h.message_id
                                               and exists (select from takes k where k.project_id = m.project_id
                                                   and k.campaign_id = m.campaign_id
                                                   and m.message_id = any(k.messages)
                                                   and (m.message_id < h.message_id or k.xmin <>
                                                        pg_current_xact_id_if_assigned()::xid))) offset 0) as o
                               join lateral (select k.profile from campaigns k where k.project_id = o.project_id
                                             and k.campaign_id = o.campaign_id offset 0) as k on true
                               where k.profile in ('standard', 'opt_in')
                                  or exists (select from sending_profiles s where s.project_id = o.project_id
                                             and s.slug = k.profile and s.frequency))
                              >= (select messages_per_day from brands where project_id = ? and brand_id = ?)
                         end, false)""", project, brand, project, project, brand, Names.of(scope.channel()),
                scope.at().minus(DAY), scope.at(), project, brand);
    }

    /** The condition, on {@link #facts} called {@code f}, that nothing speaks against a message. */
    public static String eligible(Scope scope, Checks checks) {
        var conditions = new ArrayList<String>();
        for (Reason reason : Reason.values()) {
            against(reason, scope, checks).forEach(condition -> conditions.add("not (" + condition + ")"));
        }
        return String.join(" and ", conditions);
    }

    /** The first reason against a message, by its public name, or null, from {@link #facts} called {@code f}. */
    public static String reason(Scope scope, Checks checks) {
        var cases = new StringBuilder("case");
        for (Reason reason : Reason.values()) {
            against(reason, scope, checks).forEach(condition -> cases.append(" when ").append(condition)
                    .append(" then '").append(Names.of(reason)).append('\''));
        }
        return cases.append(" end").toString();
    }

    /** When a reason holds; nothing where it cannot, because it is not asked for. */
    private static List<String> against(Reason reason, Scope scope, Checks checks) {
        return switch (reason) {
            case UNKNOWN_CONTACT -> List.of("f.slot is null");
            case HARD_BOUNCE -> List.of("f.hard_bounce");
            case COMPLAINT -> List.of("f.complaint");
            case MANUALLY_SUPPRESSED -> List.of("f.manual");
            case CHANNEL_NOT_DELIVERED -> only(!scope.isDelivered(), "true");
            case NON_PRIMARY -> only(checks.wantsPrimary(), "f.slot = 'non_primary'");
            case INVALID_CONTACT -> only(checks.validity(), "not f.valid");
            case UNSUBSCRIBED -> only(checks.subscription() || checks.awaiting() && scope.topic().isPresent(),
                    "f.channel_status = 'unsubscribed'");
            case TOPIC_UNSUBSCRIBED -> only(checks.subscription() && scope.topic().isPresent(),
                    "f.node_status = 'unsubscribed'");
            case REQUIRES_CONFIRMATION -> only(checks.subscription(), "f.node_status = 'requires_confirmation'");
            case NOT_SUBSCRIBED -> only(checks.subscription(), "f.node_status = 'no_data'");
            case NOT_AWAITING_CONFIRMATION -> only(checks.awaiting(), "f.node_status <> 'requires_confirmation'");
            case NOT_VERIFIED -> only(checks.subscription() && scope.brand().requireVerifiedContact(),
                    "f.slot is not null and (f.slot = 'non_primary' or f.verification <> 'confirmed')");
            case TOO_OFTEN -> only(checks.frequency(), "f.often");
        };
    }

    private static List<String> only(boolean asked, String condition) {
        return asked ? List.of(condition) : List.of();
    }
}
