package io.countersign.server.subscription;

import io.countersign.domain.customer.Customer;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables {@code subscriptions} (explicit values only) and {@code opt_ins}. */
public final class SubscriptionStore {
    private static final Insert UPSERT = Insert.upsert("subscriptions", """
            (project_id, customer_id, brand_id, channel, topic_id)
            do update set status = excluded.status, awaiting = excluded.awaiting, changed_at = excluded.changed_at""",
            "project_id integer", "customer_id uuid", "brand_id integer", "channel text", "topic_id integer",
            "status text", "awaiting text[]", "changed_at timestamptz");
    private static final Insert UPSERT_OPT_IN = Insert.upsert("opt_ins", """
            (project_id, customer_id, brand_id)
            do update set status = excluded.status, changed_at = excluded.changed_at""",
            "project_id integer", "customer_id uuid", "brand_id integer", "status text", "changed_at timestamptz");

    private SubscriptionStore() {}

    /** An explicit value as stored. */
    public record SubscriptionRow(UUID customer, BrandId brand, Node node, SubscriptionStatus status,
                                  Set<Channel> awaiting, Instant changedAt) {}

    public static List<SubscriptionRow> of(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return tx.list("""
                select customer_id, brand_id, channel, topic_id, status, awaiting, changed_at
                from subscriptions
                where project_id = ? and customer_id = any(?)""",
                SubscriptionStore::row, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)));
    }

    private static SubscriptionRow row(Row row) throws SQLException {
        var awaiting = EnumSet.noneOf(Channel.class);
        row.texts("awaiting").forEach(channel -> awaiting.add(Names.parse(Channel.class, channel)));
        return new SubscriptionRow(row.uuid("customer_id"), new BrandId(row.integer("brand_id")), node(row),
                Names.parse(SubscriptionStatus.class, row.text("status")), awaiting, row.instant("changed_at"));
    }

    private static Node node(Row row) throws SQLException {
        String channel = row.text("channel");
        int topic = row.integer("topic_id");
        if (channel.isEmpty()) {
            return Node.BRAND;
        }
        Channel parsed = Names.parse(Channel.class, channel);
        return topic == 0 ? Node.of(parsed) : Node.of(parsed, new TopicId(topic));
    }

    /** The trees of one customer. */
    public static Map<BrandId, SubscriptionTree> trees(Collection<SubscriptionRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(SubscriptionRow::brand,
                Collectors.collectingAndThen(Collectors.toList(), SubscriptionStore::tree)));
    }

    private static SubscriptionTree tree(List<SubscriptionRow> rows) {
        var explicit = new TreeMap<Node, SubscriptionStatus>();
        var awaiting = EnumSet.noneOf(Channel.class);
        for (SubscriptionRow row : rows) {
            explicit.put(row.node(), row.status());
            awaiting.addAll(row.awaiting());
        }
        return new SubscriptionTree(explicit, awaiting);
    }

    public static Map<UUID, Map<BrandId, OptInStatus>> optIns(Tx tx, int project, Collection<UUID> customers)
            throws SQLException {
        record OptIn(UUID customer, BrandId brand, OptInStatus status) {}
        var result = new HashMap<UUID, Map<BrandId, OptInStatus>>();
        tx.list("select customer_id, brand_id, status from opt_ins where project_id = ? and customer_id = any(?)",
                row -> new OptIn(row.uuid("customer_id"), new BrandId(row.integer("brand_id")),
                        Names.parse(OptInStatus.class, row.text("status"))),
                project, Tx.ArrayOf.of("uuid", List.copyOf(customers)))
                .forEach(optIn -> result.computeIfAbsent(optIn.customer(), _ -> new HashMap<>())
                        .put(optIn.brand(), optIn.status()));
        return result;
    }

    /** Writes what changed between the customers as loaded (absent when new) and as they are now. */
    public static void write(Tx tx, int project, Map<UUID, Customer> before, Collection<Customer> after, Instant at)
            throws SQLException {
        var changed = new ArrayList<Object[]>();
        var gone = new ArrayList<Object[]>();
        var optIns = new ArrayList<Object[]>();
        for (Customer customer : after) {
            Customer old = before.get(customer.id());
            customer.trees().forEach((brand, tree) -> compare(new Place(project, customer.id(), brand),
                    old == null ? SubscriptionTree.EMPTY : old.tree(brand), tree, new Found(changed, gone, at)));
            customer.optIns().forEach((brand, status) -> {
                if (old == null || !old.optIn(brand).equals(java.util.Optional.of(status))) {
                    optIns.add(new Object[] {project, customer.id(), brand.value(), Names.of(status), at});
                }
            });
        }
        delete(tx, project, gone);
        tx.insert(UPSERT, changed);
        tx.insert(UPSERT_OPT_IN, optIns);
    }

    private record Place(int project, UUID customer, BrandId brand) {}

    private record Found(List<Object[]> changed, List<Object[]> gone, Instant at) {}

    private static void compare(Place place, SubscriptionTree before, SubscriptionTree after, Found found) {
        after.explicit().forEach((node, status) -> {
            boolean awaits = node.equals(Node.BRAND) && !before.awaiting().equals(after.awaiting());
            if (before.explicit(node) != status || awaits) {
                found.changed().add(columns(place, node, status, after.awaiting(), found.at()));
            }
        });
        before.explicit().keySet().stream().filter(node -> !after.explicit().containsKey(node))
                .forEach(node -> found.gone().add(new Object[] {place.customer(), place.brand().value(),
                    channel(node), topic(node)}));
    }

    private static Object[] columns(Place place, Node node, SubscriptionStatus status, Set<Channel> awaiting,
                                    Instant at) {
        List<String> channels = node.equals(Node.BRAND) && !awaiting.isEmpty()
                ? awaiting.stream().map(Names::of).sorted().toList() : null;
        return new Object[] {place.project(), place.customer(), place.brand().value(), channel(node), topic(node),
            Names.of(status), channels, at};
    }

    private static void delete(Tx tx, int project, List<Object[]> rows) throws SQLException {
        if (!rows.isEmpty()) {
            tx.update("""
                    delete from subscriptions s
                    using unnest(?::uuid[], ?::integer[], ?::text[], ?::integer[])
                          as n (customer_id, brand_id, channel, topic_id)
                    where s.project_id = ? and s.customer_id = n.customer_id and s.brand_id = n.brand_id
                      and s.channel = n.channel and s.topic_id = n.topic_id""",
                    column("uuid", rows, 0), column("integer", rows, 1), column("text", rows, 2),
                    column("integer", rows, 3), project);
        }
    }

    private static Tx.ArrayOf column(String type, List<Object[]> rows, int index) {
        return new Tx.ArrayOf(type, rows.stream().map(row -> row[index]).toArray());
    }

    private static String channel(Node node) {
        return node.inChannel().map(Names::of).orElse("");
    }

    private static int topic(Node node) {
        return node.onTopic().map(TopicId::value).orElse(0);
    }
}
