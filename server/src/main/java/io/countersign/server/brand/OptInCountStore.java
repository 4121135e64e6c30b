package io.countersign.server.brand;

import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Brand;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** How many customers have which status on a channel. */
final class OptInCountStore {
    private OptInCountStore() {}

    /** @param everybody all living customers of the project; who is in neither map has No data */
    record Counts(Map<SubscriptionStatus, Long> explicit, Map<SubscriptionStatus, Long> implicit, long everybody) {
        long explicit(SubscriptionStatus status) {
            return explicit.getOrDefault(status, 0L);
        }

        long implicit(SubscriptionStatus status) {
            return implicit.getOrDefault(status, 0L);
        }

        long noData() {
            return everybody - sum(explicit) - sum(implicit);
        }

        private static long sum(Map<SubscriptionStatus, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    static Counts of(Tx tx, Brand brand, Channel channel) throws SQLException {
        int project = brand.project().value();
        int id = brand.id().value();
        String name = Names.of(channel);
        var explicit = new EnumMap<SubscriptionStatus, Long>(SubscriptionStatus.class);
        tx.list("""
                select status, count(*) as n from subscriptions
                where project_id = ? and brand_id = ? and channel = ? and topic_id = 0
                group by status""", row -> add(explicit, row), project, id, name);
        var implicit = new EnumMap<SubscriptionStatus, Long>(SubscriptionStatus.class);
        tx.list("""
                select case when ? = any(b.awaiting) then 'requires_confirmation' else b.status end as status,
                       count(*) as n
                from subscriptions b
                where b.project_id = ? and b.brand_id = ? and b.channel = '' and b.topic_id = 0
                  and not exists (select from subscriptions c
                                  where c.project_id = b.project_id and c.customer_id = b.customer_id
                                    and c.brand_id = b.brand_id and c.channel = ? and c.topic_id = 0)
                group by 1""", row -> add(implicit, row), name, project, id, name);
        long everybody = tx.one("select count(*) as n from customers where project_id = ? and merged_into is null",
                row -> row.number("n"), project).orElseThrow();
        return new Counts(explicit, implicit, everybody);
    }

    private static long add(Map<SubscriptionStatus, Long> counts, Row row) throws SQLException {
        return counts.merge(Names.parse(SubscriptionStatus.class, row.text("status")), row.number("n"), Long::sum);
    }
}
