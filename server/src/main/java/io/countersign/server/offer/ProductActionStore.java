package io.countersign.server.offer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables {@code product_actions} and {@code popular_products}. */
final class ProductActionStore {
    private static final int MOST_POPULAR = 100;
    private static final Insert INSERT = Insert.into("product_actions", "project_id integer", "action_id uuid",
            "customer_id uuid", "product_id text", "kind text", "at timestamptz");

    private ProductActionStore() {}

    /** What somebody did with a product. */
    enum Kind { VIEWED, ADDED_TO_CART, BOUGHT }

    record Action(UUID id, UUID customer, String product, Kind kind, Instant at) {}

    static void write(Tx tx, ProjectId project, List<Action> actions) throws SQLException {
        tx.insert(INSERT, actions.stream().map(action -> new Object[] {project.value(), action.id(),
            action.customer(), action.product(), Names.of(action.kind()), action.at()}).toList());
    }

    /** How a caller names a customer: by id, by a primary contact, or by an external id. */
    record Named(String how, String value) {
        static Named contact(ContactType type, String value) {
            return new Named(Names.of(type), value);
        }
    }

    /** Who is meant, in one statement; who is nobody is not in the answer. */
    static Map<Named, UUID> customers(Tx tx, ProjectId project, List<Named> names) throws SQLException {
        var found = new HashMap<Named, UUID>();
        tx.list("""
                select n.how, n.value, coalesce(
                    case when n.how = 'id' then (select coalesce(c.merged_into, c.customer_id) from customers c
                        where c.project_id = ? and c.customer_id = n.value::uuid) end,
                    case when n.how in ('email', 'mobile') then (select p.customer_id from contact_points p
                        where p.project_id = ? and p.type = n.how and p.value = n.value and p.slot = 'primary') end,
                    case when n.how like 'external:%' then (select e.customer_id from external_ids e
                        where e.project_id = ? and e.name = substr(n.how, 10) and e.value = n.value) end) as customer
                from unnest(?::text[], ?::text[]) as n (how, value)""",
                row -> row.uuid("customer") == null ? null
                        : found.put(new Named(row.text("how"), row.text("value")), row.uuid("customer")),
                project.value(), project.value(), project.value(),
                Tx.ArrayOf.of("text", names.stream().map(Named::how).toList()),
                Tx.ArrayOf.of("text", names.stream().map(Named::value).toList()));
        return found;
    }

    /** Counts what is popular anew: a purchase counts as five views, a cart as two; of equals the first by id. */
    static void count(Tx tx, ProjectId project, Instant since) throws SQLException {
        tx.list("select 1 as locked from pg_advisory_xact_lock(hashtext('popular_products'), ?)",
                row -> row.integer("locked"), project.value()); // of two nodes one counts after the other
        tx.update("delete from popular_products where project_id = ?", project.value());
        tx.update("""
                insert into popular_products (project_id, rank, product_id)
                select ?, row_number() over (order by score desc, product_id), product_id
                from (select a.product_id,
                             sum(case a.kind when 'bought' then 5 when 'added_to_cart' then 2 else 1 end) as score
                      from product_actions a
                      join products p on p.project_id = a.project_id and p.product_id = a.product_id
                                     and p.gone_at is null
                      where a.project_id = ? and a.at >= ?
                      group by a.product_id
                      order by score desc, a.product_id limit ?) as best""",
                project.value(), project.value(), since, MOST_POPULAR);
    }

    /** Whether there is anything to count. */
    static boolean any(Tx tx, ProjectId project) throws SQLException {
        return tx.one("""
                select exists (select from product_actions where project_id = ?)
                    or exists (select from popular_products where project_id = ?) as any""",
                row -> row.flag("any"), project.value(), project.value()).orElse(false);
    }

    /** Forgets the oldest, a batch at a time; answers how many. */
    static int forget(Tx tx, ProjectId project, Instant before, int most) throws SQLException {
        return tx.update("""
                delete from product_actions where project_id = ? and action_id in (
                    select action_id from product_actions where project_id = ? and at < ? order by at limit ?)""",
                project.value(), project.value(), before, most);
    }
}
