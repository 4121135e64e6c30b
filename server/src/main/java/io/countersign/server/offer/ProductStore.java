package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code products}, and feeds while they arrive. */
final class ProductStore {
    static final String COLUMNS = "p.product_id, p.name, p.url, p.image_url, p.price, p.currency ";
    private static final Insert LINES = Insert.into("product_lines", "project_id integer", "feed_id uuid",
            "line integer", "product_id text", "name text", "url text", "image_url text", "price numeric",
            "currency text", "at timestamptz");

    private ProductStore() {}

    /** A product at its line of a feed, from 1. */
    record Line(int number, Product product) {}

    static void stage(Tx tx, ProjectId project, UUID feed, List<Line> lines, Instant now) throws SQLException {
        tx.insert(LINES, lines.stream().map(line -> new Object[] {project.value(), feed, line.number(),
            line.product().id(), line.product().name(), line.product().url(),
            line.product().imageUrl().orElse(null), line.product().price().orElse(null),
            line.product().currency().orElse(null), now}).toList());
    }

    /** What a feed came to. */
    record Replaced(long products, long gone) {}

    /**
     * Makes a complete feed the project's products: the last line of a product counts, and what the feed does not have
     * is gone, unless it was put there by itself since the feed began.
     */
    static Replaced replace(Tx tx, ProjectId project, UUID feed, Instant now) throws SQLException {
        long products = tx.update("""
                insert into products (project_id, product_id, name, url, image_url, price, currency, changed_at)
                select distinct on (product_id) project_id, product_id, name, url, image_url, price, currency, ?
                from product_lines where project_id = ? and feed_id = ?
                order by product_id, line desc
                on conflict (project_id, product_id) do update
                set name = excluded.name, url = excluded.url, image_url = excluded.image_url,
                    price = excluded.price, currency = excluded.currency, changed_at = excluded.changed_at,
                    gone_at = null""", now, project.value(), feed);
        long gone = tx.update("""
                update products set gone_at = ?
                where project_id = ? and gone_at is null and changed_at < ?""", now, project.value(), now);
        tx.update("delete from product_lines where project_id = ? and feed_id = ?", project.value(), feed);
        return new Replaced(products, gone);
    }

    /** Takes away feeds that never became complete. */
    static int forgetFeeds(Tx tx, ProjectId project, Instant before) throws SQLException {
        return tx.update("delete from product_lines where project_id = ? and at < ?", project.value(), before);
    }

    static void put(Tx tx, ProjectId project, Product product, Instant now) throws SQLException {
        tx.update("""
                insert into products (project_id, product_id, name, url, image_url, price, currency, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (project_id, product_id) do update
                set name = excluded.name, url = excluded.url, image_url = excluded.image_url,
                    price = excluded.price, currency = excluded.currency, changed_at = excluded.changed_at,
                    gone_at = null""", project.value(), product.id(), product.name(), product.url(),
                product.imageUrl().orElse(null), product.price().orElse(null), product.currency().orElse(null), now);
    }

    /** False when there is none. */
    static boolean remove(Tx tx, ProjectId project, String id, Instant now) throws SQLException {
        return tx.update("update products set gone_at = ? where project_id = ? and product_id = ? and gone_at is null",
                now, project.value(), id) == 1;
    }

    /** A page by id; gone products are not shown. */
    static List<Product> page(Tx tx, ProjectId project, Optional<String> after, int most) throws SQLException {
        return tx.list("select " + COLUMNS + """
                from products p
                where p.project_id = ? and p.gone_at is null and p.product_id > ?
                order by p.product_id limit ?""", ProductStore::product, project.value(), after.orElse(""), most);
    }

    static Optional<Product> find(Tx tx, ProjectId project, String id) throws SQLException {
        return tx.one("select " + COLUMNS + """
                from products p
                where p.project_id = ? and p.product_id = ? and p.gone_at is null""", ProductStore::product,
                project.value(), id);
    }

    static Product product(Row row) throws SQLException {
        return new Product(row.text("product_id"), row.text("name"), row.text("url"),
                Optional.ofNullable(row.text("image_url")), Optional.ofNullable(OfferStore.decimal(row, "price")),
                Optional.ofNullable(row.text("currency")));
    }
}
