package io.countersign.server.customer;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.customer.CustomerFilter.Contacts;
import io.countersign.server.customer.CustomerFilter.Subscribed;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Customers by a filter, in the order of their ids. Each way to a status (the node's own value, the channel's, the
 * brand's) is one stream of candidates out of an index; a page examines so many of each and no more, whatever the size
 * of the tables, so that it may find fewer than asked for, with more to come.
 *
 * <p>What is looked up per candidate stands in scalar subqueries: the planner cannot turn those into a join with all of
 * a table.
 */
final class CustomerFilterStore {
    /** Most candidates of one stream that a page examines. */
    static final int WINDOW = 5_000;

    private final int project;
    private final CustomerFilter filter;
    private final UUID after;
    private final int window;
    private final List<String> streams = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** @param after candidates have larger ids */
    CustomerFilterStore(int project, CustomerFilter filter, UUID after, int window) {
        this.project = project;
        this.filter = filter;
        this.after = after;
        this.window = window;
    }

    /** An id; the horizon is the last one up to which all were examined, if that was not the end. */
    record Row(UUID id, boolean horizon) {}

    /** At most so many that were found, and the horizon if there is one. */
    List<Row> find(Tx tx, int most) throws SQLException {
        filter.subscribed().ifPresentOrElse(this::subscribed, this::contacts);
        String with = IntStream.range(0, streams.size()).mapToObj(i -> "s" + i + " as (" + streams.get(i) + ")")
                .collect(Collectors.joining(",\n"));
        String ends = each("(select customer_id from s%d order by customer_id offset " + (window - 1) + " limit 1)",
                "\nunion all ");
        String found = each("select customer_id from s%d where matches", "\nunion ");
        String sql = "with " + with + """
                ,
                horizon as (select customer_id from (
                """ + ends + """
                ) as ends order by customer_id limit 1)
                (select f.customer_id, false as is_horizon
                 from (select customer_id from (
                """ + found + """
                 ) as every
                 where customer_id <= coalesce((select customer_id from horizon),
                                               'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
                 order by customer_id offset 0) as f
                 where true""" + withContacts() + """

                 order by f.customer_id limit ?)
                union all
                (select customer_id, true from horizon)
                order by is_horizon, customer_id""";
        parameters.add(most);
        return tx.list(sql, row -> new Row(row.uuid("customer_id"), row.flag("is_horizon")), parameters.toArray());
    }

    private String each(String form, String between) {
        return IntStream.range(0, streams.size()).mapToObj(form::formatted).collect(Collectors.joining(between));
    }

    private void stream(String sql, Object... of) {
        streams.add(sql);
        parameters.addAll(List.of(of));
    }

    private void subscribed(Subscribed asked) {
        switch (asked) {
            case Subscribed.At(BrandId brand, Node node, SubscriptionStatus status) -> {
                if (status == SubscriptionStatus.NO_DATA) {
                    withoutBrandNode(brand);
                } else {
                    at(brand, node, status);
                }
            }
            case Subscribed.ToAnything(BrandId brand, List<Channel> channels, List<TopicId> topics) -> {
                channels.forEach(channel -> at(brand, Node.of(channel), SubscriptionStatus.SUBSCRIBED));
                ofTopics(brand, channels, topics);
            }
        }
    }

    private void at(BrandId brand, Node node, SubscriptionStatus status) {
        explicit(brand, node, status);
        switch (node) {
            case Node.OfBrand _ -> { /* nothing above it */ }
            case Node.OfChannel(Channel channel) -> fromBrand(brand, channel, List.of(0), status);
            case Node.OfTopic(Channel channel, TopicId topic) -> {
                fromChannel(brand, channel, topic, status);
                fromBrand(brand, channel, List.of(0, topic.value()), status);
            }
        }
    }

    private void explicit(BrandId brand, Node node, SubscriptionStatus status) {
        stream("""
                select customer_id, true as matches from subscriptions
                where project_id = ? and brand_id = ? and channel = ? and topic_id = ? and status = ?
                  and customer_id > ?
                order by customer_id limit ?""", project, brand.value(), node.inChannel().map(Names::of).orElse(""),
                node.onTopic().map(TopicId::value).orElse(0), Names.of(status), after, window);
    }

    /** The channel's own value, where the topic has none. */
    private void fromChannel(BrandId brand, Channel channel, TopicId topic, SubscriptionStatus status) {
        stream("""
                select c.customer_id,
                       (select 1 from subscriptions t
                        where t.project_id = c.project_id and t.customer_id = c.customer_id
                          and t.brand_id = c.brand_id and t.channel = c.channel and t.topic_id = ?) is null as matches
                from subscriptions c
                where c.project_id = ? and c.brand_id = ? and c.channel = ? and c.topic_id = 0 and c.status = ?
                  and c.customer_id > ?
                order by c.customer_id limit ?""", topic.value(), project, brand.value(), Names.of(channel),
                Names.of(status), after, window);
    }

    /** The brand's value, where none of these nodes has one; a Subscribed brand may leave a channel waiting (TR10). */
    private void fromBrand(BrandId brand, Channel channel, List<Integer> nodes, SubscriptionStatus status) {
        fromBrand(brand, channel, nodes, status, false);
        if (status == SubscriptionStatus.REQUIRES_CONFIRMATION) {
            fromBrand(brand, channel, nodes, SubscriptionStatus.SUBSCRIBED, true);
        }
    }

    private void fromBrand(BrandId brand, Channel channel, List<Integer> nodes, SubscriptionStatus stored,
                           boolean waiting) {
        stream("""
                select b.customer_id,
                       coalesce(? = any(b.awaiting), false) = ?
                       and (select 1 from subscriptions n
                            where n.project_id = b.project_id and n.customer_id = b.customer_id
                              and n.brand_id = b.brand_id and n.channel = ? and n.topic_id = any(?) limit 1) is null
                       as matches
                from subscriptions b
                where b.project_id = ? and b.brand_id = ? and b.channel = '' and b.topic_id = 0 and b.status = ?
                  and b.customer_id > ?
                order by b.customer_id limit ?""", Names.of(channel), waiting, Names.of(channel),
                Tx.ArrayOf.of("integer", nodes), project, brand.value(), Names.of(stored), after, window);
    }

    private void withoutBrandNode(BrandId brand) {
        stream("""
                select c.customer_id,
                       (select 1 from subscriptions b
                        where b.project_id = c.project_id and b.customer_id = c.customer_id and b.brand_id = ?
                          and b.channel = '' and b.topic_id = 0) is null as matches
                from customers c
                where c.project_id = ? and c.customer_id > ? and c.merged_into is null
                order by c.customer_id limit ?""", brand.value(), project, after, window);
    }

    /** One stream for all topics on all channels: each gives its first, and the first of them all are exact. */
    private void ofTopics(BrandId brand, List<Channel> channels, List<TopicId> topics) {
        if (!topics.isEmpty()) {
            stream("""
                    select s.customer_id, true as matches
                    from unnest(?::text[]) as c (channel) cross join unnest(?::integer[]) as t (topic_id)
                    cross join lateral (
                        select customer_id from subscriptions
                        where project_id = ? and brand_id = ? and channel = c.channel and topic_id = t.topic_id
                          and status = 'subscribed' and customer_id > ?
                        order by customer_id limit ?) as s
                    order by s.customer_id limit ?""",
                    Tx.ArrayOf.of("text", channels.stream().map(Names::of).toList()),
                    Tx.ArrayOf.of("integer", topics.stream().map(TopicId::value).toList()), project, brand.value(),
                    after, window, window);
        }
    }

    /** Without a subscription asked for, the contacts are the candidates: the few that wait, or the primary ones. */
    private void contacts() {
        stream("""
                select customer_id, true as matches from contact_points
                where project_id = ? and type = ? and slot =\s"""
                + (filter.contacts().isPresent() ? "'non_primary'" : "'primary'")
                + " and customer_id > ? order by customer_id limit ?", project, Names.of(filter.type()), after, window);
    }

    /**
     * Without the slot among its conditions a look-up can only go by the customer: on tables filled since the last
     * analyze the planner took the index of primary values instead, and read the project for each candidate.
     */
    private String withContacts() {
        String conditions = "";
        if (filter.verification().isPresent()) {
            conditions += "\n" + """
                     and (select max(p.verification) filter (where p.slot = 'primary') from contact_points p
                          where p.project_id = ? and p.customer_id = f.customer_id and p.type = ?) = ?""";
            parameters.addAll(List.of(project, Names.of(filter.type()), Names.of(filter.verification().get())));
        }
        if (filter.contacts().isPresent()) {
            conditions += "\n" + """
                     and (select string_agg(p.slot, ',' order by p.slot) from contact_points p
                          where p.project_id = ? and p.customer_id = f.customer_id and p.type = ?) = ?""";
            parameters.addAll(List.of(project, Names.of(filter.type()), slots(filter.contacts().get())));
        }
        return conditions;
    }

    private static String slots(Contacts contacts) {
        return switch (contacts) {
            case TWO -> "non_primary,primary";
            case ONLY_NON_PRIMARY -> "non_primary";
        };
    }
}
