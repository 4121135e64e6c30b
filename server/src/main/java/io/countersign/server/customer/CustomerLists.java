package io.countersign.server.customer;

import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Paging;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Which customers a filter finds, page by page. */
final class CustomerLists {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private CustomerLists() {}

    /** @param next the cursor of the next page, if there is one */
    record Page(List<UUID> ids, Optional<String> next) {
        static Page of(List<UUID> ids) {
            return new Page(ids, Optional.empty());
        }
    }

    /** Everybody, newest first. */
    static Page all(Tx tx, int project, Paging paging) throws SQLException {
        Optional<Born> after = paging.after().map(key -> parsed(key, Born::parse));
        List<Born> rows = tx.list("""
                select customer_id, created_at from customers
                where project_id = ? and merged_into is null and (created_at, customer_id) < (?::timestamptz, ?)
                order by created_at desc, customer_id desc limit ?""",
                row -> new Born(row.uuid("customer_id"), row.instant("created_at")), project,
                after.map(born -> born.at().toString()).orElse("infinity"), after.map(Born::id).orElse(LAST),
                paging.limit() + 1);
        return page(rows, paging, Born::id, born -> born.at() + " " + born.id());
    }

    /** A customer in the order of birth. */
    private record Born(UUID id, Instant at) {
        /** Years that the database does not know are refused like any other nonsense. */
        static Born parse(String key) {
            String[] parts = key.split(" ", -1);
            if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{3}-.{1,26}")) {
                throw new IllegalArgumentException("no key of a page");
            }
            return new Born(UUID.fromString(parts[1]), Instant.parse(parts[0]));
        }
    }

    /** The primary holder of a contact, then those who claim it. */
    static Page holders(Tx tx, int project, TypedContact contact, Paging paging) throws SQLException {
        record Entry(UUID id, boolean primary) {}
        Optional<UUID> after = paging.after().map(key -> parsed(key, UUID::fromString));
        String type = Names.of(contact.type());
        List<Entry> rows = tx.list("""
                (select customer_id, true as is_primary from contact_points
                 where project_id = ? and type = ? and value = ? and slot = 'primary' and ?)
                union all
                (select customer_id, false from contact_points
                 where project_id = ? and type = ? and value = ? and slot = 'non_primary' and customer_id > ?
                 order by customer_id limit ?)
                order by is_primary desc, customer_id limit ?""",
                row -> new Entry(row.uuid("customer_id"), row.flag("is_primary")), project, type,
                contact.value(),
                after.isEmpty(), project, type, contact.value(), after.orElse(FIRST), paging.limit() + 1,
                paging.limit() + 1);
        return page(rows, paging, Entry::id, entry -> (entry.primary() ? FIRST : entry.id()).toString());
    }

    /** Whom a filter finds, by id; a page may hold fewer than asked for and still have a next. */
    static Page filtered(Tx tx, int project, CustomerFilter filter, Paging paging) throws SQLException {
        UUID after = paging.after().map(key -> parsed(key, UUID::fromString)).orElse(FIRST);
        return filtered(new CustomerFilterStore(project, filter, after, CustomerFilterStore.WINDOW)
                .find(tx, paging.limit() + 1), paging);
    }

    static Page filtered(List<CustomerFilterStore.Row> rows, Paging paging) {
        List<UUID> found = rows.stream().filter(row -> !row.horizon()).map(CustomerFilterStore.Row::id)
                .toList();
        List<UUID> shown = found.subList(0, Math.min(paging.limit(), found.size()));
        Optional<UUID> last = found.size() > shown.size() ? Optional.of(shown.getLast())
                : rows.stream().filter(CustomerFilterStore.Row::horizon).map(CustomerFilterStore.Row::id).findFirst();
        return new Page(shown, last.map(UUID::toString).map(Paging::cursor));
    }

    static Page byExternalId(Tx tx, int project, String name, String value) throws SQLException {
        return Page.of(tx.list("select customer_id from external_ids where project_id = ? and name = ? and value = ?",
                row -> row.uuid("customer_id"), project, name, value));
    }

    /** Also by an id that was merged away. */
    static Page byId(Tx tx, int project, UUID id) throws SQLException {
        return Page.of(List.copyOf(DocumentStore.living(tx, project, List.of(id)).values()));
    }

    private static <E> Page page(List<E> rows, Paging paging, Function<E, UUID> id, Function<E, String> key) {
        List<E> shown = rows.subList(0, Math.min(paging.limit(), rows.size()));
        return new Page(shown.stream().map(id).toList(),
                rows.size() > shown.size() ? Optional.of(Paging.cursor(key.apply(shown.getLast())))
                : Optional.empty());
    }

    private static <T> T parsed(String key, Function<String, T> parse) {
        try {
            return parse.apply(key);
        } catch (DateTimeException | IllegalArgumentException _) {
            throw Paging.invalid();
        }
    }
}
