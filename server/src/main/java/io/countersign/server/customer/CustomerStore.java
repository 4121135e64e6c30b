package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.consent.ConsentChains;
import io.countersign.server.consent.ConsentChains.Head;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The tables {@code customers} and {@code external_ids}. */
public final class CustomerStore {
    private static final Insert INSERT = Insert.into("customers", "project_id integer", "customer_id uuid",
            "first_name text", "last_name text", "fields jsonb", "source text", "user_group text",
            "created_at timestamptz", "changed_at timestamptz", "last_action_at timestamptz", "consents integer",
            "consents_hash bytea");
    private static final Insert EXTERNAL_IDS = Insert.upsert("external_ids", """
            (project_id, name, value)
            do update set customer_id = excluded.customer_id, position = excluded.position""",
            "project_id integer", "name text",
            "value text", "customer_id uuid", "position integer");
    private static final String LOCK = """
            select customer_id, first_name, last_name, fields, source, user_group, created_at, last_action_at,
                   merged_into, consents, consents_hash
            from customers
            where project_id = ? and %s
            order by customer_id
            for no key update""";

    private CustomerStore() {}

    /** A row of {@code customers}; {@code mergedInto} is null for one who lives. */
    record CustomerRow(UUID id, Profile profile, Customer.Life life, UUID mergedInto, Head consents) {}

    /**
     * Finds all customers that the keys name: by id (survivors of merged ones), as primary holder of a value or of a
     * challenge's value, by external id, perhaps some more. New values find nobody. Each part is one look into an index
     * with an array; a join with the arrays made the planner read whole indexes.
     */
    static List<UUID> named(Tx tx, int project, Keys keys) throws SQLException {
        return tx.list("""
                select coalesce(merged_into, customer_id) as customer_id from customers
                where project_id = ? and customer_id = any(?)
                union
                select customer_id from contact_points
                where project_id = ? and slot = 'primary' and type = 'email' and value = any(?)
                union
                select customer_id from contact_points
                where project_id = ? and slot = 'primary' and type = 'mobile' and value = any(?)
                union
                select customer_id from external_ids where project_id = ? and name = any(?) and value = any(?)
                union
                select coalesce(merged_into, customer_id) from customers
                where project_id = ? and customer_id = any(array(
                    select customer_id from challenges where project_id = ? and challenge_id = any(?)))
                union
                select customer_id from contact_points
                where project_id = ? and slot = 'primary' and type in ('email', 'mobile') and value = any(array(
                    select value from challenges where project_id = ? and challenge_id = any(?)))""",
                row -> row.uuid("customer_id"), project, keys.idArray(), project, keys.values(ContactType.EMAIL),
                project, keys.values(ContactType.MOBILE), project, keys.externalNames(), keys.externalValues(),
                project, project, keys.challengeArray(), project, project, keys.challengeArray());
    }

    /** The primary holders of what these customers hold as non-primary: whom a proof would concern. */
    static List<UUID> holdersOfClaims(Tx tx, int project, Collection<UUID> claimants) throws SQLException {
        return tx.list("""
                select customer_id from contact_points
                where project_id = ? and slot = 'primary' and type in ('email', 'mobile') and value = any(array(
                    select value from contact_points
                    where project_id = ? and customer_id = any(?) and slot = 'non_primary'))""",
                row -> row.uuid("customer_id"), project, project, Tx.ArrayOf.of("uuid", List.copyOf(claimants)));
    }

    /**
     * Locks customers in the order of their ids, so that batches cannot wait for each other in a circle.
     *
     * @param withMerged also the rows of the ids that were merged into them, which a merge and an erasure change
     */
    static List<CustomerRow> lock(Tx tx, int project, Collection<UUID> ids, boolean withMerged) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        var named = Tx.ArrayOf.of("uuid", List.copyOf(ids));
        return withMerged
                ? tx.list(LOCK.formatted("(customer_id = any(?) or merged_into = any(?))"), CustomerStore::row, project,
                        named, named)
                : tx.list(LOCK.formatted("customer_id = any(?)"), CustomerStore::row, project, named);
    }

    static Optional<CustomerRow> find(Tx tx, int project, UUID id) throws SQLException {
        return tx.one("""
                select customer_id, first_name, last_name, fields, source, user_group, created_at, last_action_at,
                       merged_into, consents, consents_hash
                from customers
                where project_id = ? and customer_id =
                    (select coalesce(merged_into, customer_id) from customers where project_id = ? and customer_id = ?)
                """, CustomerStore::row, project, project, id);
    }

    /** The customer of an id; one that was merged away finds the survivor. */
    public static Optional<UUID> living(Tx tx, ProjectId project, UUID id) throws SQLException {
        return tx.one("""
                select coalesce(merged_into, customer_id) as customer_id from customers
                where project_id = ? and customer_id = ?""", row -> row.uuid("customer_id"), project.value(), id);
    }

    /** Survivors of the merged ones among these ids. */
    static Map<UUID, UUID> survivors(Tx tx, int project, Collection<UUID> ids) throws SQLException {
        var survivors = new HashMap<UUID, UUID>();
        tx.list("""
                select customer_id, merged_into from customers
                where project_id = ? and customer_id = any(?) and merged_into is not null""",
                row -> survivors.put(row.uuid("customer_id"), row.uuid("merged_into")), project,
                Tx.ArrayOf.of("uuid", List.copyOf(ids)));
        return survivors;
    }

    /** External ids by customer and name, the current one first. */
    static Map<UUID, SortedMap<String, List<String>>> externalIds(Tx tx, int project, Collection<UUID> customers)
            throws SQLException {
        var result = new HashMap<UUID, SortedMap<String, List<String>>>();
        tx.list("""
                select customer_id, name, value from external_ids
                where project_id = ? and customer_id = any(?) order by customer_id, name, position, value""",
                row -> result.computeIfAbsent(row.uuid("customer_id"), _ -> new TreeMap<>())
                        .computeIfAbsent(row.text("name"), _ -> new ArrayList<>()).add(row.text("value")),
                project, Tx.ArrayOf.of("uuid", List.copyOf(customers)));
        return result;
    }

    private static CustomerRow row(Row row) throws SQLException {
        var profile = new Profile(Optional.ofNullable(row.text("first_name")),
                Optional.ofNullable(row.text("last_name")), new TreeMap<>(), CustomFields.parse(row.text("fields")),
                Optional.ofNullable(row.text("source")), Optional.ofNullable(row.text("user_group")));
        var life = new Customer.Life(row.instant("created_at"), row.instant("last_action_at"), false);
        return new CustomerRow(row.uuid("customer_id"), profile, life, row.uuid("merged_into"),
                new Head(row.integer("consents"), row.bytes("consents_hash")));
    }

    /** Inserts newcomers and updates those whose profile, life or chain of consents changed. */
    static void write(Tx tx, int project, Loading.Loaded loaded, ConsentChains chains, Instant at)
            throws SQLException {
        Map<UUID, Head> grown = chains.grown();
        var fresh = new ArrayList<Object[]>();
        var changed = new ArrayList<Object[]>();
        for (Customer customer : loaded.around.customers()) {
            Customer old = loaded.before.get(customer.id());
            Head head = chains.head(customer.id());
            if (old == null) {
                fresh.add(columns(project, customer, head, at));
            } else if (!old.profile().equals(customer.profile()) || !old.life().equals(customer.life())
                    || grown.containsKey(customer.id())) {
                changed.add(columns(project, customer, head, at));
            }
        }
        tx.insert(INSERT, fresh);
        update(tx, project, changed, at);
    }

    private static Object[] columns(int project, Customer customer, Head head, Instant at) {
        Profile profile = customer.profile();
        return new Object[] {project, customer.id(), profile.firstName().orElse(null),
            profile.lastName().orElse(null), Json.writeText(profile.fields()), profile.source().orElse(null),
            profile.userGroup().orElse(null), customer.life().createdAt(), at, customer.life().lastActionAt(),
            head.length(), head.hash()};
    }

    private static void update(Tx tx, int project, List<Object[]> rows, Instant at) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        tx.update("""
                update customers c
                set first_name = n.first_name, last_name = n.last_name, fields = n.fields::jsonb, source = n.source,
                    user_group = n.user_group, created_at = n.created_at, last_action_at = n.last_action_at,
                    consents = n.consents, consents_hash = n.consents_hash, changed_at = ?
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                            ?::timestamptz[], ?::integer[], ?::bytea[])
                     as n (customer_id, first_name, last_name, fields, source, user_group, created_at, last_action_at,
                           consents, consents_hash)
                where c.project_id = ? and c.customer_id = n.customer_id""",
                at, INSERT.array(rows, 1), INSERT.array(rows, 2), INSERT.array(rows, 3), INSERT.array(rows, 4),
                INSERT.array(rows, 5), INSERT.array(rows, 6), INSERT.array(rows, 7), INSERT.array(rows, 9),
                INSERT.array(rows, 10), INSERT.array(rows, 11), project);
    }

    /** The ends of chains that grew before their customers were merged away, in the same batch. */
    static void writeEnds(Tx tx, int project, Loading.Loaded loaded, ConsentChains chains) throws SQLException {
        var ends = new HashMap<>(chains.grown());
        loaded.around.customers().forEach(customer -> ends.remove(customer.id()));
        if (!ends.isEmpty()) {
            List<UUID> ids = List.copyOf(ends.keySet());
            tx.update("""
                    update customers c set consents = n.consents, consents_hash = n.hash
                    from unnest(?, ?, ?) as n (customer_id, consents, hash)
                    where c.project_id = ? and c.customer_id = n.customer_id""",
                    Tx.ArrayOf.of("uuid", ids), Tx.ArrayOf.of("integer",
                            ids.stream().map(id -> ends.get(id).length()).toList()),
                    Tx.ArrayOf.of("bytea", ids.stream().map(id -> ends.get(id).hash()).toList()), project);
        }
    }

    /** External ids that went and came; those of merged customers move to the survivor. */
    static void writeExternalIds(Tx tx, int project, Map<UUID, Customer> before, Collection<Customer> after)
            throws SQLException {
        var old = ids(project, before.values());
        var now = ids(project, after);
        List<Object[]> gone = old.entrySet().stream().filter(id -> !now.containsKey(id.getKey()))
                .map(Map.Entry::getValue).toList();
        List<Object[]> changed = now.entrySet().stream()
                .filter(id -> !Arrays.equals(id.getValue(), old.get(id.getKey()))).map(Map.Entry::getValue).toList();
        if (!gone.isEmpty()) {
            tx.update("""
                    delete from external_ids e using unnest(?::text[], ?::text[]) as n (name, value)
                    where e.project_id = ? and e.name = n.name and e.value = n.value""",
                    EXTERNAL_IDS.array(gone, 1), EXTERNAL_IDS.array(gone, 2), project);
        }
        tx.insert(EXTERNAL_IDS, changed);
    }

    /** In the order of the key, so that two batches that bring the same ids cannot wait for each other in a circle. */
    private static SortedMap<String, Object[]> ids(int project, Collection<Customer> customers) {
        var rows = new TreeMap<String, Object[]>();
        customers.forEach(customer -> customer.profile().externalIds().forEach((name, values) -> {
            for (int i = 0; i < values.size(); i++) {
                rows.put(name + '\0' + values.get(i), new Object[] {project, name, values.get(i), customer.id(), i});
            }
        }));
        return rows;
    }

    /** The old ids that lead to these customers. */
    static List<UUID> followers(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return tx.list("select customer_id from customers where project_id = ? and merged_into = any(?)",
                row -> row.uuid("customer_id"), project, Tx.ArrayOf.of("uuid", List.copyOf(customers)));
    }

    /**
     * Lets the ids of merged customers, and all that were merged into them, find the survivors; their own rows go.
     * Somebody who came and was merged within one batch has no row yet, but an id that was told.
     *
     * @param survivors by the merged customer's id
     */
    static void merge(Tx tx, int project, Map<UUID, UUID> survivors, Instant at) throws SQLException {
        if (survivors.isEmpty()) {
            return;
        }
        List<UUID> losers = survivors.keySet().stream().sorted().toList();
        var merged = Tx.ArrayOf.of("uuid", losers);
        var into = Tx.ArrayOf.of("uuid", losers.stream().map(survivors::get).toList());
        tx.update("""
                with subscribed as (
                    delete from subscriptions where project_id = ? and customer_id = any(?)
                ), opted_in as (
                    delete from opt_ins where project_id = ? and customer_id = any(?)
                ), followers as (
                    update customers c set merged_into = n.survivor, changed_at = ?
                    from unnest(?, ?) as n (loser, survivor)
                    where c.project_id = ? and c.merged_into = n.loser
                )
                insert into customers (project_id, customer_id, created_at, changed_at, last_action_at, merged_into)
                select ?, n.loser, ?, ?, ?, n.survivor from unnest(?, ?) as n (loser, survivor)
                on conflict (project_id, customer_id)
                do update set merged_into = excluded.merged_into, changed_at = excluded.changed_at""",
                project, merged, project, merged, at, merged, into, project, project, at, at, at, merged, into);
    }
}
