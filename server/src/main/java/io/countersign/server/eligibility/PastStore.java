package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.eligibility.EligibilityStore.Found;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that eligibility depended on at a past moment, put together from the history: a few statements, however
 * many contacts are asked about. Whoever was erased has no history, and so was never there.
 */
final class PastStore {
    private static final int LONGEST_CHAIN = 50;

    private PastStore() {}

    /** What was found of each, in the order of {@code whom}. */
    static List<Found> find(Tx tx, Question question, List<Whom> whom, Instant at) throws SQLException {
        var pasts = new HashMap<ContactType, Past>();
        for (ContactType type : ContactType.values()) {
            List<Whom> ofType = whom.stream().filter(one -> one.type() == type).toList();
            if (!ofType.isEmpty()) {
                var scope = new Scope(question.brand(), question.channel(), question.topic(), type, at);
                pasts.put(type, read(tx, scope, question, ofType));
            }
        }
        return whom.stream().map(one -> pasts.get(one.type()).found(one)).toList();
    }

    private static Past read(Tx tx, Scope scope, Question question, List<Whom> whom) throws SQLException {
        var past = new Past(scope);
        Set<String> values = whom.stream().filter(Whom.OfContact.class::isInstance)
                .map(one -> ((Whom.OfContact) one).contact().value()).collect(Collectors.toSet());
        Set<UUID> ids = whom.stream().filter(Whom.OfCustomer.class::isInstance)
                .map(one -> ((Whom.OfCustomer) one).customer()).collect(Collectors.toSet());
        var everybody = new HashSet<>(survivors(tx, scope, ids, past));
        everybody.addAll(holders(tx, scope, values));
        mergedAway(tx, scope, everybody).keySet().forEach(everybody::remove);
        contacts(tx, scope, everybody, past);
        subscriptions(tx, scope, everybody, past);
        Set<String> all = Stream.concat(values.stream(), past.values()).collect(Collectors.toSet());
        validity(tx, scope, all, past);
        suppressions(tx, scope, all, past);
        if (question.profile().checks().frequency()) {
            often(tx, scope, everybody, past);
        }
        return past;
    }

    /** Whoever ever held one of these values as far as that moment. */
    private static List<UUID> holders(Tx tx, Scope scope, Collection<String> values) throws SQLException {
        return tx.list("""
                select distinct customer_id from history
                where project_id = ? and kind = 'contact' and contact_type = ? and value = any(?) and at <= ?
                  and change not in ('invalid', 'valid')""",
                row -> row.uuid("customer_id"), project(scope), Names.of(scope.type()), texts(values), scope.at());
    }

    /** Follows ids of customers who had been merged by then; each asked for is told where it led. */
    private static Collection<UUID> survivors(Tx tx, Scope scope, Set<UUID> asked, Past past) throws SQLException {
        Map<UUID, UUID> led = asked.stream().collect(Collectors.toMap(id -> id, id -> id));
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            Map<UUID, UUID> merged = mergedAway(tx, scope, Set.copyOf(led.values()));
            if (merged.isEmpty()) {
                break;
            }
            led.replaceAll((_, id) -> merged.getOrDefault(id, id));
        }
        past.led(led);
        return led.values();
    }

    private static Map<UUID, UUID> mergedAway(Tx tx, Scope scope, Collection<UUID> customers) throws SQLException {
        var survivors = new HashMap<UUID, UUID>();
        tx.list("""
                select customer_id, detail ->> 'survivor' as survivor from history
                where project_id = ? and customer_id = any(?) and kind = 'merge' and change = 'merged_away'
                  and at <= ?""",
                row -> survivors.put(row.uuid("customer_id"), Ids.parse("cus", row.text("survivor")).orElseThrow()),
                project(scope), ids(customers), scope.at());
        return survivors;
    }

    private static void contacts(Tx tx, Scope scope, Collection<UUID> customers, Past past) throws SQLException {
        tx.list("""
                select customer_id, value, after, contact_id, at, detail from history
                where project_id = ? and customer_id = any(?) and kind = 'contact' and contact_type = ? and at <= ?
                  and change not in ('invalid', 'valid') and value is not null
                order by history_id""", row -> contact(row, past), project(scope), ids(customers),
                Names.of(scope.type()), scope.at());
    }

    private static Past contact(Row row, Past past) throws SQLException {
        String text = row.text("detail");
        var detail = text == null ? Json.object() : Json.parse(text);
        var dropped = new ArrayList<String>();
        for (String name : List.of("dropped", "dropped_non_primary")) {
            if (detail.has(name)) {
                dropped.add(detail.get(name).stringValue());
            }
        }
        Instant verifiedAt = detail.has("verified_at") ? Instant.parse(detail.get("verified_at").stringValue())
                : row.instant("at");
        Long id = row.numberOrNull("contact_id");
        past.contact(row.uuid("customer_id"), new Past.Change(row.text("value"), row.text("after"),
                id == null ? 0 : id, verifiedAt, dropped));
        return past;
    }

    /** The last explicit value of each node that matters, and the channels that the brand node gave its own. */
    private static void subscriptions(Tx tx, Scope scope, Collection<UUID> customers, Past past) throws SQLException {
        tx.list("""
                select distinct on (customer_id, kind, channel, topic_id)
                       customer_id, kind, channel, topic_id, after
                from history
                where project_id = ? and customer_id = any(?) and kind in ('subscription', 'awaiting') and brand_id = ?
                  and at <= ? and (channel is null or channel = ? and (topic_id is null or topic_id = ?))
                order by customer_id, kind, channel, topic_id, history_id desc""",
                row -> {
                    UUID customer = row.uuid("customer_id");
                    if (row.text("kind").equals("awaiting")) {
                        past.awaiting(customer, List.of(row.text("after").split(",")));
                    } else {
                        past.status(customer, row.text("channel"), row.integerOrNull("topic_id"), row.text("after"));
                    }
                    return past;
                }, project(scope), ids(customers), scope.brand().id().value(), scope.at(),
                Names.of(scope.channel()), scope.topic().map(TopicId::value).orElse(0));
    }

    private static void validity(Tx tx, Scope scope, Collection<String> values, Past past) throws SQLException {
        tx.list("""
                select distinct on (value) value, after, (detail ->> 'until')::timestamptz as until from history
                where project_id = ? and kind = 'contact' and contact_type = ? and value = any(?) and at <= ?
                  and change in ('invalid', 'valid')
                order by value, history_id desc""",
                row -> {
                    Instant until = row.instant("until");
                    boolean over = until != null && !until.isAfter(scope.at());
                    if (!row.text("after").equals("valid") && !over) {
                        past.invalid(row.text("value"));
                    }
                    return past;
                }, project(scope), Names.of(scope.type()), texts(values), scope.at());
    }

    private static void suppressions(Tx tx, Scope scope, Collection<String> values, Past past) throws SQLException {
        tx.list("""
                select value, reason from suppressions
                where project_id = ? and type = ? and value = any(?) and created_at <= ?
                  and (lifted_at is null or lifted_at > ?)""",
                row -> {
                    past.suppressed(row.text("value"), Names.parse(SuppressionReason.class, row.text("reason")));
                    return past;
                }, project(scope), Names.of(scope.type()), texts(values), scope.at(), scope.at());
    }

    private static void often(Tx tx, Scope scope, Collection<UUID> customers, Past past) throws SQLException {
        tx.list(Sql.of("select h.customer_id, ").then(EligibilityForm.often(scope)).then("""
                 as often from (select id as customer_id, null::uuid as message_id from unnest(?) as q (id)) as h""",
                ids(customers)), row -> {
                    if (row.flag("often")) {
                        past.often(row.uuid("customer_id"));
                    }
                    return past;
                });
    }

    private static int project(Scope scope) {
        return scope.brand().project().value();
    }

    private static ArrayOf texts(Collection<String> values) {
        return ArrayOf.of("text", List.copyOf(values));
    }

    private static ArrayOf ids(Collection<UUID> customers) {
        return ArrayOf.of("uuid", List.copyOf(customers));
    }
}
