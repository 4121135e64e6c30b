package io.countersign.server.activity;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/**
 * A table that activity is read from, newest first along its key.
 *
 * <p>A read looks at a bounded stretch of the key and filters that, so that a filter which nearly nothing passes costs
 * no more than another.
 */
enum Source {
    CAMPAIGN(ActivityKind.CAMPAIGN, "cev", "campaign_events", "event_id", """
            s.at, s.change as what, c.slug as campaign, c.profile, b.slug as brand, c.channel, null as topic,
            null::uuid as customer_id, s.actor, null as detail
            from stretch s
            join campaigns c on c.project_id = s.project_id and c.campaign_id = s.campaign_id
            join brands b on b.project_id = c.project_id and b.brand_id = c.brand_id
            """, Map.ofEntries(entry(Filter.CAMPAIGN, "c.slug"), entry(Filter.PROFILE, "c.profile"),
            entry(Filter.BRAND, "b.slug"), entry(Filter.CHANNEL, "c.channel"), entry(Filter.ACTOR, "s.actor"))),
    MESSAGE(ActivityKind.MESSAGE, "msg", "messages", "message_id", """
            s.created_at as at, s.state as what, c.slug as campaign, c.profile, b.slug as brand, s.channel,
            null as topic, s.customer_id, null as actor,
            jsonb_build_object('kind', s.kind, 'variant', s.variant, 'reason', s.reason, 'fault',
                case when s.reason = 'template' then
                    (select d.reply from deliveries d where d.project_id = s.project_id
                       and d.message_id = s.message_id order by d.attempt desc limit 1) end, 'attempts', s.attempts,
                'done_at', to_char(s.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as detail
            from stretch s
            left join campaigns c on c.project_id = s.project_id and c.campaign_id = s.campaign_id
            join brands b on b.project_id = s.project_id and b.brand_id = s.brand_id
            """, Map.ofEntries(entry(Filter.CAMPAIGN, "c.slug"), entry(Filter.PROFILE, "c.profile"),
            entry(Filter.BRAND, "b.slug"), entry(Filter.CHANNEL, "s.channel"), entry(Filter.CUSTOMER, ""),
            entry(Filter.MESSAGE, ""))),
    REACTION(ActivityKind.MESSAGE, "mev", "message_events", "event_id", """
            s.at, s.kind as what, c.slug as campaign, c.profile, b.slug as brand, m.channel, null as topic,
            s.customer_id, null as actor,
            jsonb_build_object('message', s.message_id, 'link', s.link, 'to', s.detail, 'automatic', s.automatic)
                as detail
            from stretch s
            left join campaigns c on c.project_id = s.project_id and c.campaign_id = s.campaign_id
            left join messages m on m.project_id = s.project_id and m.message_id = s.message_id
            left join brands b on b.project_id = m.project_id and b.brand_id = m.brand_id
            """, Map.ofEntries(entry(Filter.CAMPAIGN, "c.slug"), entry(Filter.PROFILE, "c.profile"),
            entry(Filter.BRAND, "b.slug"), entry(Filter.CHANNEL, "m.channel"), entry(Filter.CUSTOMER, ""),
            entry(Filter.MESSAGE, ""))),
    CHANGE(ActivityKind.CHANGE, "his", "history", "history_id", """
            s.at, s.kind || '_' || s.change as what, null as campaign, null as profile, b.slug as brand, s.channel,
            t.slug as topic, s.customer_id, s.actor,
            jsonb_build_object('before', s.before, 'after', s.after, 'source', s.source, 'integration', i.slug)
                as detail
            from stretch s
            left join brands b on b.project_id = s.project_id and b.brand_id = s.brand_id
            left join topics t on t.project_id = s.project_id and t.topic_id = s.topic_id
            left join integrations i on i.project_id = s.project_id and i.integration_id = s.integration_id
            """, Map.ofEntries(entry(Filter.BRAND, "b.slug"), entry(Filter.CHANNEL, "s.channel"),
            entry(Filter.CUSTOMER, ""), entry(Filter.ACTOR, "s.actor"))),
    SETUP(ActivityKind.SETUP, "set", "setup_changes", "change_id", """
            s.at, s.change as what, null as campaign, null as profile, null as brand, null as channel, null as topic,
            null::uuid as customer_id, s.actor, jsonb_build_object('what', s.what) as detail
            from stretch s
            """, Map.of(Filter.ACTOR, "s.actor"));

    private static final String OF_CUSTOMER = """
            and customer_id = any(array(select k.customer_id from customers k
                                        where k.project_id = ? and (k.customer_id = ? or k.merged_into = ?)))""";
    private static final String OF_CAMPAIGN = """
            and campaign_id = any(array(select k.campaign_id from campaigns k
                                        where k.project_id = ? and k.slug = ?))""";
    private static final String OF_MESSAGE = "and message_id = ?";

    private final ActivityKind kind;
    private final String prefix;
    private final String table;
    private final String id;
    private final String shown;
    private final Map<Filter, String> filters;

    Source(ActivityKind kind, String prefix, String table, String id, String shown, Map<Filter, String> filters) {
        this.kind = kind;
        this.prefix = prefix;
        this.table = table;
        this.id = id;
        this.shown = shown;
        this.filters = filters;
    }

    ActivityKind kind() {
        return kind;
    }

    /** What its ids begin with in public. */
    String prefix() {
        return prefix;
    }

    /** Whether something of it can pass the filter. */
    boolean knows(Filter filter) {
        return filters.containsKey(filter);
    }

    /** The column that a filter looks at; empty for one that the stretch itself is narrowed by. */
    String column(Filter filter) {
        return filters.get(filter);
    }

    /**
     * The statement: of the stretch the rows that pass, and its last row.
     *
     * @param narrowed the filters that are given; customer, campaign and message narrow the stretch, in this order
     * @param passes   a condition on the columns
     */
    String sql(Set<Filter> narrowed, String passes) {
        return "with stretch as (select row_number() over (order by " + id + " desc) as n, * from " + table
                + " where project_id = ? and " + id + " < ? and " + id + " >= ?"
                + (narrowed.contains(Filter.CUSTOMER) ? " " + OF_CUSTOMER : "")
                + (narrowed.contains(Filter.CAMPAIGN) ? " " + OF_CAMPAIGN : "")
                + (narrowed.contains(Filter.MESSAGE) ? " " + OF_MESSAGE : "")
                + " order by " + id + " desc limit ?) select s." + id + " as id, s.n, (" + passes + ") as passes, "
                + shown + " where s.n = ? or (" + passes + ") order by s." + id + " desc limit ?";
    }
}
