package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.offer.PromoCodeStore.Wish;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The offers to many customers, for the messages of one take: one statement for each kind of offer. */
public final class OfferStore {
    /** What a customer is recommended at most by one algorithm. */
    private static final int MOST_PRODUCTS = 20;
    private static final String POPULAR = "popular";
    private static final String RECENTLY_VIEWED = "recently_viewed";
    /** The names of all algorithms. */
    public static final Set<String> ALGORITHMS = Set.of(POPULAR, RECENTLY_VIEWED);

    /** Each customer asked for, and those who were merged into one of them: their rows count as the survivor's. */
    private static final String OWNERS = """
            with owners as (
                select c as owner, c as id from unnest(?::uuid[]) as c
                union all
                select merged_into, customer_id from customers where project_id = ? and merged_into = any(?::uuid[]))
            """;

    private OfferStore() {}

    /**
     * What was asked for of each customer; a customer without any of it has empty offers.
     *
     * @param customers survivors, a few hundred at most
     */
    public static Map<UUID, PersonOffers> find(Tx tx, ProjectId project, Needed needed, Collection<UUID> customers,
                                               Instant now) throws SQLException {
        var asked = new Asked(project.value(), Tx.ArrayOf.of("uuid", List.copyOf(Set.copyOf(customers))), now);
        Map<UUID, Map<String, String>> codes = needed.pools().isEmpty() ? Map.of() : codes(tx, asked, needed.pools());
        Map<UUID, Points> points = needed.points() ? points(tx, asked) : Map.of();
        List<Product> popular = needed.algorithms().contains(POPULAR) ? popular(tx, asked) : List.of();
        Map<UUID, List<Product>> viewed = needed.algorithms().contains(RECENTLY_VIEWED) ? viewed(tx, asked) : Map.of();
        var found = new HashMap<UUID, PersonOffers>();
        for (UUID customer : customers) {
            var recommended = new HashMap<String, List<Product>>();
            if (needed.algorithms().contains(POPULAR)) {
                recommended.put(POPULAR, popular);
            }
            if (needed.algorithms().contains(RECENTLY_VIEWED)) {
                recommended.put(RECENTLY_VIEWED, viewed.getOrDefault(customer, List.of()));
            }
            found.put(customer, new PersonOffers(codes.getOrDefault(customer, Map.of()), recommended,
                    Optional.ofNullable(points.get(customer))));
        }
        return found;
    }

    /**
     * Gives a code of each pool to those customers who have none of it yet: what a text names is what its recipient
     * received last, so a reminder carries the code of the first mail. A message that is tried again gives no second
     * one. Where a pool is empty, the message has none.
     *
     * @param pools     by slug; one that does not exist gives nothing
     * @param customers survivors, a few hundred at most
     */
    public static void issue(Tx tx, ProjectId project, Collection<String> pools, Collection<UUID> customers,
                             Instant now) throws SQLException {
        Set<UUID> everybody = Set.copyOf(customers);
        var asked = new Asked(project.value(), Tx.ArrayOf.of("uuid", List.copyOf(everybody)), now);
        Map<UUID, Map<String, String>> has = pools.isEmpty() ? Map.of() : codes(tx, asked, Set.copyOf(pools));
        for (String slug : pools) {
            Optional<Integer> pool = PoolStore.id(tx, project, slug);
            List<Wish> wishes = everybody.stream()
                    .filter(customer -> !has.getOrDefault(customer, Map.of()).containsKey(slug))
                    .map(customer -> new Wish(customer, "first:" + customer)).toList();
            if (pool.isPresent() && !wishes.isEmpty()) {
                PromoCodeStore.issue(tx, project, pool.get(), wishes, now);
            }
        }
    }

    /** Those of these pools that there are. */
    public static Set<String> pools(Tx tx, ProjectId project, Collection<String> slugs) throws SQLException {
        return slugs.isEmpty() ? Set.of() : Set.copyOf(tx.list("""
                select slug from promo_pools where project_id = ? and slug = any(?)""", row -> row.text("slug"),
                project.value(), Tx.ArrayOf.of("text", List.copyOf(slugs))));
    }

    /**
     * The offers as they would be found once the message is handed over, for a text that is only looked at: no code is
     * given out, and {@code sample} stands for one where there are free ones.
     */
    public static PersonOffers sampled(Tx tx, ProjectId project, Needed needed, PersonOffers offers, String sample)
            throws SQLException {
        var codes = new HashMap<>(offers.promoCodes());
        for (String slug : needed.pools()) {
            if (!codes.containsKey(slug) && PoolStore.hasFree(tx, project, slug)) {
                codes.put(slug, sample);
            }
        }
        return new PersonOffers(codes, offers.recommendations(), offers.points());
    }

    private record Asked(int project, Tx.ArrayOf customers, Instant now) {}

    private static Map<UUID, Map<String, String>> codes(Tx tx, Asked asked, Set<String> pools) throws SQLException {
        var codes = new HashMap<UUID, Map<String, String>>();
        tx.list(OWNERS + """
                select distinct on (o.owner, p.slug) o.owner, p.slug, c.code
                from owners o
                join promo_codes c on c.project_id = ? and c.customer_id = o.id
                join promo_pools p on p.project_id = c.project_id and p.pool_id = c.pool_id
                where p.slug = any(?)
                order by o.owner, p.slug, c.issued_at desc, c.position desc""",
                row -> codes.computeIfAbsent(row.uuid("owner"), _ -> new HashMap<>())
                        .put(row.text("slug"), row.text("code")), asked.customers(), asked.project(),
                asked.customers(), asked.project(), Tx.ArrayOf.of("text", List.copyOf(pools)));
        return codes;
    }

    /** Of a customer and those merged into it, the balance that was set last. */
    private static Map<UUID, Points> points(Tx tx, Asked asked) throws SQLException {
        var points = new HashMap<UUID, Points>();
        tx.list(OWNERS + """
                select distinct on (o.owner) o.owner, p.balance, p.expires_at
                from owners o join points p on p.project_id = ? and p.customer_id = o.id
                order by o.owner, p.changed_at desc""",
                row -> points.put(row.uuid("owner"), PointStore.points(row)), asked.customers(), asked.project(),
                asked.customers(), asked.project());
        return points;
    }

    private static List<Product> popular(Tx tx, Asked asked) throws SQLException {
        return tx.list("select " + ProductStore.COLUMNS + """
                from popular_products r
                join products p on p.project_id = r.project_id and p.product_id = r.product_id
                where r.project_id = ? and p.gone_at is null
                order by r.rank limit ?""", ProductStore::product, asked.project(), MOST_PRODUCTS);
    }

    /** The newest view of each product first, without what was bought after it was seen. */
    private static Map<UUID, List<Product>> viewed(Tx tx, Asked asked) throws SQLException {
        var viewed = new HashMap<UUID, List<Product>>();
        tx.list(OWNERS + """
                , seen as (
                    select o.owner, a.product_id, max(a.at) filter (where a.kind <> 'bought') as at,
                           max(a.at) filter (where a.kind = 'bought') as bought
                    from owners o
                    join product_actions a on a.project_id = ? and a.customer_id = o.id
                    group by o.owner, a.product_id),
                best as (
                    select s.owner, s.product_id, s.at,
                           row_number() over (partition by s.owner order by s.at desc, s.product_id) as n
                    from seen s
                    where s.at is not null and (s.bought is null or s.bought < s.at))
                select b.owner, b.n,\s""" + ProductStore.COLUMNS + """
                from best b join products p on p.project_id = ? and p.product_id = b.product_id
                where p.gone_at is null and b.n <= ?
                order by b.owner, b.n""",
                row -> viewed.computeIfAbsent(row.uuid("owner"), _ -> new ArrayList<>())
                        .add(ProductStore.product(row)), asked.customers(), asked.project(), asked.customers(),
                asked.project(), asked.project(), MOST_PRODUCTS);
        return viewed;
    }

    static BigDecimal decimal(Row row, String column) throws SQLException {
        String text = row.text(column);
        return text == null ? null : new BigDecimal(text).stripTrailingZeros();
    }
}
