package io.countersign.bench;

import io.countersign.bench.Written.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes the rows of a real operation again and again for made-up customers, by plain JDBC: one transaction,
 * one statement per table. Ids and addresses are other ones each time, but follow from the customer's number,
 * so that a later operation finds what an earlier one wrote.
 */
final class Replay {
    private static final String SCHEMA = "bench";

    private final List<Step> steps = new ArrayList<>();
    private final Map<UUID, Integer> ids = new HashMap<>();
    private final String email;
    private final long started = System.currentTimeMillis();

    /** @param email the address of the real customer */
    Replay(String email) {
        this.email = email;
    }

    /** One statement: its text, and for a customer's number the values in order. */
    private record Step(String sql, List<IntFunction<Object>> values) {}

    /** Opens the same tables in a schema of its own, with the set-up of the real one. */
    static void open(Connection connection) throws SQLException, IOException {
        var ddl = ddl(connection);
        try (var statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + SCHEMA + " cascade");
            statement.execute("create schema " + SCHEMA);
            statement.execute("set search_path to " + SCHEMA);
            statement.execute(ddl);
            for (var table : List.of("projects", "brands", "topics", "integrations", "forms", "wordings")) {
                statement.execute("insert into " + table + " select * from public." + table);
            }
            statement.execute("set search_path to public");
        }
    }

    /** The scripts that made the real tables, in their order. */
    private static String ddl(Connection connection) throws SQLException, IOException {
        var all = new StringBuilder();
        try (var statement = connection.createStatement(); var scripts = statement.executeQuery(
                "select script from flyway_schema_history where success order by installed_rank")) {
            while (scripts.next()) {
                try (var in = Replay.class.getResourceAsStream("/db/migration/" + scripts.getString("script"))) {
                    all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
                }
            }
        }
        return all.toString();
    }

    /** Those that came since. */
    static void copyWordings(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("insert into " + SCHEMA
                    + ".wordings select * from public.wordings on conflict do nothing");
        }
    }

    /** Adds one insert per table. */
    void inserts(Connection connection, List<Row> rows) throws SQLException {
        for (var table : rows.stream().collect(Collectors.groupingBy(Row::table, java.util.LinkedHashMap::new,
                Collectors.toList())).entrySet()) {
            var types = types(connection, table.getKey());
            var columns = List.copyOf(table.getValue().getFirst().values().keySet());
            steps.add(new Step("insert into " + SCHEMA + "." + table.getKey() + " (" + String.join(", ",
                    columns)
                    + ") values " + tuples(table.getValue(), columns, types), values(table.getValue(),
                            columns)));
        }
    }

    /** Adds one update per table. */
    void updates(Connection connection, List<Row> rows) throws SQLException {
        for (var table : rows.stream().collect(Collectors.groupingBy(row -> row.table() + row.values()
                .keySet(),
                java.util.LinkedHashMap::new, Collectors.toList())).values()) {
            var name = table.getFirst().table();
            Set<String> keys = Written.keys(connection, name);
            var columns = List.copyOf(table.getFirst().values().keySet());
            var set = columns.stream().filter(column -> !keys.contains(column))
                    .map(column -> column + " = n." + column).collect(Collectors.joining(", "));
            var where = keys.stream().map(key -> "t." + key + " = n." + key)
                    .collect(Collectors.joining(" and "));
            steps.add(new Step("update " + SCHEMA + "." + name + " t set " + set + " from (values "
                    + tuples(table, columns, types(connection, name)) + ") as n (" + String.join(", ",
                            columns)
                    + ") where " + where, values(table, columns)));
        }
    }

    /** Begins another operation on the same customers. */
    void forget() {
        steps.clear();
    }

    int statements() {
        return steps.size();
    }

    /** Writes the rows of customer number {@code number}, and commits. */
    void run(Prepared prepared, int number) throws SQLException {
        for (int i = 0; i < steps.size(); i++) {
            var statement = prepared.statements.get(i);
            var values = steps.get(i).values();
            for (int k = 0; k < values.size(); k++) {
                statement.setObject(k + 1, values.get(k).apply(number));
            }
            statement.executeUpdate();
        }
        prepared.connection.commit();
    }

    /** The statements of one connection. */
    record Prepared(Connection connection, List<PreparedStatement> statements) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    Prepared prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        var statements = new ArrayList<PreparedStatement>();
        for (var step : steps) {
            statements.add(connection.prepareStatement(step.sql()));
        }
        return new Prepared(connection, statements);
    }

    private static String tuples(List<Row> rows, List<String> columns, Map<String, String> types) {
        var tuple = columns.stream().map(column -> "?::" + types.get(column))
                .collect(Collectors.joining(", ", "(", ")"));
        return String.join(", ", java.util.Collections.nCopies(rows.size(), tuple));
    }

    private List<IntFunction<Object>> values(List<Row> rows, List<String> columns) throws SQLException {
        var values = new ArrayList<IntFunction<Object>>();
        for (var row : rows) {
            for (var column : columns) {
                values.add(value(column, row.values().get(column)));
            }
        }
        return values;
    }

    private IntFunction<Object> value(String column, Object real) throws SQLException {
        return switch (real) {
            case UUID id -> {
                int slot = ids.computeIfAbsent(id, _ -> ids.size());
                yield number -> madeUp(number, slot);
            }
            case Long _ when column.equals("contact_id") -> number -> 1_000_000_000L + number;
            case String text when text.contains(email) -> number -> text.replace(email, "bench" + number
                    + "@x.test");
            case org.postgresql.util.PGobject object -> {
                var text = String.valueOf(object.getValue());
                yield text.contains(email) ? number -> text.replace(email, "bench" + number
                        + "@x.test") : _ -> text;
            }
            case Array array -> {
                var text = array.toString();
                yield _ -> text;
            }
            case null, default -> _ -> real;
        };
    }

    /** Sorted by time and then by number, as the server's own ids are. */
    private UUID madeUp(int number, int slot) {
        long high = started + number / 4_096L << 16 | 0x7000 | number % 4_096;
        long low = ByteBuffer.allocate(8).putInt(number * 0x9E37_79B9).putInt(slot).getLong(0);
        return new UUID(high, low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    private static Map<String, String> types(Connection connection, String table) throws SQLException {
        var types = new HashMap<String, String>();
        try (var statement = connection.prepareStatement("""
                select attname, format_type(atttypid, atttypmod) as type from pg_attribute
                where attrelid = ?::regclass and attnum > 0 and not attisdropped""")) {
            statement.setString(1, "public." + table);
            var rows = statement.executeQuery();
            while (rows.next()) {
                types.put(rows.getString("attname"), rows.getString("type"));
            }
        }
        return types;
    }
}
