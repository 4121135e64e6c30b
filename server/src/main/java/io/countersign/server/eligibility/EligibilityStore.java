package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.Facts;
import io.countersign.server.eligibility.EligibilityForm.Reach;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Everything that eligibility depends on, for many contacts in one statement. */
final class EligibilityStore {
    private EligibilityStore() {}

    record Found(Optional<HeldContact> held, Facts facts) {}

    /** What was found of each, in the order of {@code whom}. */
    static List<Found> find(Tx tx, Question question, List<Whom> whom, Instant now) throws SQLException {
        var found = new Found[whom.size()];
        Checks checks = question.profile().checks();
        for (ContactType type : ContactType.values()) {
            var scope = new Scope(question.brand(), question.channel(), question.topic(), type, now);
            var values = new TreeMap<Integer, String>();
            var customers = new TreeMap<Integer, UUID>();
            for (int i = 0; i < whom.size(); i++) {
                if (whom.get(i).type() == type) {
                    switch (whom.get(i)) {
                        case Whom.OfContact(var contact) -> values.put(i, contact.value());
                        case Whom.OfCustomer(UUID id, _) -> customers.put(i, id);
                    }
                }
            }
            if (!values.isEmpty()) {
                put(found, values.keySet(), ofValues(tx, scope, checks, List.copyOf(values.values())));
            }
            if (!customers.isEmpty()) {
                put(found, customers.keySet(), ofCustomers(tx, scope, checks, List.copyOf(customers.values())));
            }
        }
        return List.of(found);
    }

    private static void put(Found[] all, Collection<Integer> places, List<Found> found) {
        Iterator<Found> each = found.iterator();
        places.forEach(place -> all[place] = each.next());
    }

    /**
     * For each value its primary holder's contact, else the oldest of those who claim it. Each of the two ways of
     * holding has its own partial index; the second is not even begun when the first has found somebody.
     */
    private static List<Found> ofValues(Tx tx, Scope scope, Checks checks, List<String> values) throws SQLException {
        int project = scope.brand().project().value();
        String type = Names.of(scope.type());
        return find(tx, scope, checks, Sql.of("""
                select q.n, q.value, coalesce(o.customer_id, p.customer_id) as customer_id,
                       coalesce(o.contact_id, p.contact_id) as contact_id, coalesce(o.slot, p.slot) as slot,
                       coalesce(o.verification, p.verification) as verification, o.verified_at,
                       null::uuid as message_id
                from unnest(?) with ordinality as q (value, n)
                left join lateral (
                    select customer_id, contact_id, slot, verification, verified_at from contact_points
                    where project_id = ? and type = ? and value = q.value and slot = 'primary' offset 0) o on true
                left join lateral (
                    select customer_id, contact_id, slot, verification from contact_points
                    where project_id = ? and type = ? and value = q.value and slot = 'non_primary'
                      and o.contact_id is null
                    order by contact_id limit 1) p on true""",
                Tx.ArrayOf.of("text", values), project, type, project, type));
    }

    /** For each customer the primary contact, else the one claimed; ids of merged customers find the survivor. */
    private static List<Found> ofCustomers(Tx tx, Scope scope, Checks checks, List<UUID> customers)
            throws SQLException {
        int project = scope.brand().project().value();
        return find(tx, scope, checks, Sql.of("""
                select q.n, p.value, p.customer_id, p.contact_id, p.slot, p.verification, p.verified_at,
                       null::uuid as message_id
                from unnest(?) with ordinality as q (id, n)
                left join lateral (
                    select customer_id, merged_into from customers
                    where project_id = ? and customer_id = q.id offset 0) l on true
                left join lateral (
                    select value, customer_id, contact_id, slot, verification, verified_at from contact_points
                    where project_id = ? and customer_id = coalesce(l.merged_into, l.customer_id) and type = ?
                    order by slot desc limit 1) p on true""",
                Tx.ArrayOf.of("uuid", customers), project, project, Names.of(scope.type())));
    }

    private static List<Found> find(Tx tx, Scope scope, Checks checks, Sql held) throws SQLException {
        Sql facts = Sql.of("select f.* from (").then(EligibilityForm.facts(scope, checks, held, Reach.SOME))
                .then(") as f order by f.n");
        return tx.list(facts, row -> found(row, scope));
    }

    private static Found found(Row row, Scope scope) throws SQLException {
        return new Found(FactRows.held(row, scope), FactRows.facts(row, scope));
    }
}
