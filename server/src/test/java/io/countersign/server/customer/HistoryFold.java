package io.countersign.server.customer;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Folds the history, row by row, into what it says of contacts and subscriptions now: it is complete when that is what
 * the tables hold.
 */
final class HistoryFold {
    private static final UUID BEGINNING = new UUID(0, 0);

    private final int project;
    private final Map<Place, String> contacts = new HashMap<>();
    private final Map<List<Object>, String> subscriptions = new HashMap<>();
    private final Set<UUID> mergedAway = new HashSet<>();
    private UUID last = BEGINNING;

    /** A value of a customer; its state is the verification of a primary contact, or {@code non_primary}. */
    private record Place(UUID customer, String type, String value) {}

    HistoryFold(int project) {
        this.project = project;
    }

    /** Reads what was written since the last time, and compares with the tables. */
    void check(Tx tx, String where) throws SQLException {
        tx.list("""
                select history_id, customer_id, kind, change, contact_type, value, brand_id, channel, topic_id, before,
                       after, detail from history
                where project_id = ? and history_id > ? order by history_id""", this::fold, project, last);
        Set<UUID> living = new HashSet<>(tx.list(
                "select customer_id from customers where project_id = ? and merged_into is null",
                row -> row.uuid("customer_id"), project));
        contacts.keySet().removeIf(place -> !living.contains(place.customer()));
        subscriptions.keySet().removeIf(key -> !living.contains((UUID) key.getFirst()));
        same(contacts, contacts(tx), where);
        same(subscriptions, subscriptions(tx), where);
    }

    /** Customers whose end the history tells, each once. */
    Collection<UUID> mergedAway() {
        return mergedAway;
    }

    private Row fold(Row row) throws SQLException {
        last = row.uuid("history_id");
        UUID customer = row.uuid("customer_id");
        switch (row.text("kind")) {
            case "contact" -> contact(row, customer);
            case "subscription" -> {
                var key = List.<Object>of(customer, row.integer("brand_id"),
                        Objects.requireNonNullElse(row.text("channel"), ""), row.integer("topic_id"));
                same(subscriptions.getOrDefault(key, "no_data"), row.text("before"), key.toString());
                put(subscriptions, key, row.text("after").equals("no_data") ? null : row.text("after"));
            }
            case "merge" -> {
                if (row.text("change").equals("merged_away") && !mergedAway.add(customer)) {
                    throw new AssertionError("merged away twice: " + customer);
                }
            }
            default -> { /* tells of neither */ }
        }
        return row;
    }

    private void contact(Row row, UUID customer) throws SQLException {
        String type = row.text("contact_type");
        boolean ofAccess = row.text("value") == null;
        if (ofAccess || Set.of("invalid", "valid").contains(row.text("change"))) {
            return; // these tell nothing of who holds it
        }
        var place = new Place(customer, type, row.text("value"));
        same(contacts.get(place), row.text("before"), place.toString());
        put(contacts, place, row.text("after"));
        JsonNode detail = row.text("detail") == null ? Json.object() : Json.parse(row.text("detail"));
        for (String dropped : List.of("dropped", "dropped_non_primary")) {
            if (detail.has(dropped)) {
                contacts.remove(new Place(customer, type, detail.get(dropped).asString()));
            }
        }
    }

    private Map<Place, String> contacts(Tx tx) throws SQLException {
        var held = new HashMap<Place, String>();
        tx.list("select customer_id, type, value, slot, verification from contact_points where project_id = ?",
                row -> held.put(new Place(row.uuid("customer_id"), row.text("type"), row.text("value")),
                        row.text("slot").equals("primary") ? row.text("verification") : row.text("slot")), project);
        return held;
    }

    private Map<List<Object>, String> subscriptions(Tx tx) throws SQLException {
        var held = new HashMap<List<Object>, String>();
        tx.list("select customer_id, brand_id, channel, topic_id, status from subscriptions where project_id = ?",
                row -> held.put(List.of(row.uuid("customer_id"), row.integer("brand_id"), row.text("channel"),
                        row.integer("topic_id")), row.text("status")), project);
        return held;
    }

    private static <K> void put(Map<K, String> map, K key, String value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    private static void same(Object told, Object is, String where) {
        if (!Objects.equals(told, is)) {
            throw new AssertionError(where + ": the history tells " + told + "\nwhere there is " + is);
        }
    }
}
