package io.countersign.server.offer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table {@code promo_codes}: each code is given out once. */
final class PromoCodeStore {
    private static final Insert INSERT = Insert.upsert("promo_codes", "do nothing", "project_id integer",
            "pool_id integer", "code text");

    private PromoCodeStore() {}

    /** Answers how many were new. */
    static int add(Tx tx, ProjectId project, int pool, List<String> codes) throws SQLException {
        return tx.insert(INSERT, codes.stream().map(code -> new Object[] {project.value(), pool, code}).toList());
    }

    /** A code for somebody, and what it is for: a repeat of that gets the same. */
    record Wish(UUID customer, String request) {}

    /**
     * Gives each wish a free code, the oldest first, in one statement; others that take codes at the same time are
     * stepped past. Wishes beyond the free codes get none.
     */
    static Map<String, String> issue(Tx tx, ProjectId project, int pool, List<Wish> wishes, Instant now)
            throws SQLException {
        var given = new HashMap<String, String>();
        tx.list("""
                with wish as (
                    select customer_id, request, row_number() over (order by n) as n
                    from unnest(?::uuid[], ?::text[]) with ordinality as w (customer_id, request, n)),
                free as (
                    select code from promo_codes
                    where project_id = ? and pool_id = ? and issued_at is null
                    order by position limit ?
                    for update skip locked),
                numbered as (select code, row_number() over () as n from free)
                update promo_codes c
                set customer_id = w.customer_id, request = w.request, issued_at = ?
                from numbered f join wish w on w.n = f.n
                where c.project_id = ? and c.pool_id = ? and c.code = f.code
                returning c.request, c.code""",
                row -> given.put(row.text("request"), row.text("code")),
                Tx.ArrayOf.of("uuid", wishes.stream().map(Wish::customer).toList()),
                Tx.ArrayOf.of("text", wishes.stream().map(Wish::request).toList()), project.value(), pool,
                wishes.size(), now, project.value(), pool);
        return given;
    }

    /** What was given out for these requests before. */
    static Map<String, String> given(Tx tx, ProjectId project, int pool, List<String> requests) throws SQLException {
        var given = new HashMap<String, String>();
        tx.list("""
                select request, code from promo_codes
                where project_id = ? and pool_id = ? and request = any(?)""",
                row -> given.put(row.text("request"), row.text("code")), project.value(), pool,
                Tx.ArrayOf.of("text", requests));
        return given;
    }

    /** A code that a customer has. */
    record Given(String pool, String code, Place place) {}

    /** Where a code stands among those of its customer. */
    record Place(Instant at, long position) {
        private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9T:.-]{1,26}Z) ([0-9]{1,18})");

        /** @return empty for what no {@link #toString} gave */
        static Optional<Place> parse(String text) {
            Matcher parts = FORM.matcher(text);
            try {
                return parts.matches() ? Optional.of(new Place(Instant.parse(parts.group(1)),
                        Long.parseLong(parts.group(2)))) : Optional.empty();
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return at + " " + position;
        }
    }

    /** The codes of a customer behind a place, newest first. */
    static List<Given> of(Tx tx, ProjectId project, UUID customer, Optional<Place> after, int most)
            throws SQLException {
        return tx.list("""
                select p.slug, c.code, c.issued_at, c.position
                from promo_codes c join promo_pools p on p.project_id = c.project_id and p.pool_id = c.pool_id
                where c.project_id = ? and c.customer_id in (
                    select ?::uuid union all
                    select customer_id from customers where project_id = ? and merged_into = ?)
                  and (?::timestamptz is null or (c.issued_at, c.position) < (?, ?))
                order by c.issued_at desc, c.position desc limit ?""",
                row -> new Given(row.text("slug"), row.text("code"),
                        new Place(row.instant("issued_at"), row.number("position"))), project.value(), customer,
                project.value(), customer, after.map(Place::at).orElse(null), after.map(Place::at).orElse(null),
                after.map(Place::position).orElse(0L), most);
    }
}
