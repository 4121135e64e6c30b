package io.countersign.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rows of one customer, found in the database: what an operation leaves there is seen, not assumed. */
final class Written {
    /** Tables with the customer's id, parents before children. */
    private static final List<String> TABLES = List.of("customers", "contact_points", "subscriptions",
            "opt_ins",
            "consents", "history", "events", "challenges", "messages");

    private Written() {}

    /** A row by its columns. */
    record Row(String table, Map<String, Object> values) {}

    /** Rows that are new, and rows of which some columns are. */
    record Difference(List<Row> inserted, List<Row> updated) {
        String summary() {
            var counts = new LinkedHashMap<String, Integer>();
            inserted.forEach(row -> counts.merge("+" + row.table(), 1, Integer::sum));
            updated.forEach(row -> counts.merge("~" + row.table(), 1, Integer::sum));
            var text = new StringBuilder();
            counts.forEach((table, rows) -> text.append(text.isEmpty() ? "" : ", ").append(rows).append(' ')
                    .append(table));
            return text.toString();
        }

        List<String> tables(List<Row> rows) {
            return rows.stream().map(Row::table).distinct().toList();
        }
    }

    /** The rows of a customer by table and primary key. */
    static Map<String, Row> of(Connection connection, Object customer) throws SQLException {
        var rows = new LinkedHashMap<String, Row>();
        for (var table : TABLES) {
            var keys = keys(connection, table);
            try (var statement = connection.prepareStatement("select * from " + table
                    + " where customer_id = ?")) {
                statement.setObject(1, customer);
                var found = statement.executeQuery();
                while (found.next()) {
                    var values = new LinkedHashMap<String, Object>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        values.put(found.getMetaData().getColumnName(i), found.getObject(i));
                    }
                    var key = new TreeMap<String, String>();
                    keys.forEach(name -> key.put(name, String.valueOf(values.get(name))));
                    rows.put(table + key, new Row(table, values));
                }
            }
        }
        return rows;
    }

    static Difference between(Connection connection, Map<String, Row> before, Map<String, Row> after)
            throws SQLException {
        var inserted = new ArrayList<Row>();
        var updated = new ArrayList<Row>();
        for (var entry : after.entrySet()) {
            var old = before.get(entry.getKey());
            var row = entry.getValue();
            if (old == null) {
                inserted.add(row);
            } else {
                var changed = new LinkedHashMap<String, Object>();
                for (var name : keys(connection, row.table())) {
                    changed.put(name, row.values().get(name));
                }
                int keys = changed.size();
                row.values().forEach((name, value) -> {
                    if (!isSame(value, old.values().get(name))) {
                        changed.put(name, value);
                    }
                });
                if (changed.size() > keys) {
                    updated.add(new Row(row.table(), changed));
                }
            }
        }
        return new Difference(inserted, updated);
    }

    /** Octets by what they are; all else by how it is written, as an array of the driver knows no other like it. */
    private static boolean isSame(Object one, Object other) {
        return one instanceof byte[] octets && other instanceof byte[] others ? Arrays.equals(octets, others)
                : String.valueOf(one).equals(String.valueOf(other));
    }

    /** The columns of the primary key. */
    static Set<String> keys(Connection connection, String table) throws SQLException {
        var names = new java.util.TreeSet<String>();
        try (var keys = connection.getMetaData().getPrimaryKeys(null, "public", table)) {
            while (keys.next()) {
                names.add(keys.getString("COLUMN_NAME"));
            }
        }
        return names;
    }
}
