package io.countersign.server.platform.database;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The insert of many rows by one statement: one array per column, unnested side by side.
 *
 * <p>Measured against a batch of single inserts, 1.8 times as many rows a second (docs/decisions/0004-database.md).
 */
public final class Insert {
    private final String[] types;
    private final String sql;

    private Insert(String table, String[] columns, String onConflict) {
        this.types = Arrays.stream(columns).map(column -> column.split(" ", 2)[1]).toArray(String[]::new);
        this.sql = sql(table, columns, onConflict);
    }

    /** @param columns name, blank, type: {@code "topic_ids integer[]"} */
    public static Insert into(String table, String... columns) {
        return new Insert(table, columns, "");
    }

    /** As {@link #into}, ending in an {@code on conflict} clause. */
    public static Insert upsert(String table, String onConflict, String... columns) {
        return new Insert(table, columns, " on conflict " + onConflict);
    }

    public String sql() {
        return sql;
    }

    Object[] arrays(List<Object[]> rows) {
        return IntStream.range(0, types.length).mapToObj(i -> array(rows, i)).toArray();
    }

    /** One column of such rows as an array, for an update from the same rows. */
    public Tx.ArrayOf array(List<Object[]> rows, int column) {
        return new Tx.ArrayOf(elementType(types[column]), rows.stream().map(row -> element(row[column])).toArray());
    }

    private static String sql(String table, String[] columns, String onConflict) {
        String names = Arrays.stream(columns).map(c -> c.split(" ", 2)[0]).collect(Collectors.joining(", "));
        String arrays = Arrays.stream(columns).map(c -> c.split(" ", 2)[1])
                .map(type -> "?::" + elementType(type) + "[]").collect(Collectors.joining(", "));
        String casts = Arrays.stream(columns).map(Insert::cast).collect(Collectors.joining(", "));
        return "insert into " + table + " (" + names + ") select " + casts
                + " from unnest(" + arrays + ") as r (" + names + ")" + onConflict;
    }

    /** Arrays in a row cannot be unnested side by side, and json has no array of its own in the driver: text, cast. */
    private static String elementType(String type) {
        return type.endsWith("[]") || type.equals("jsonb") ? "text" : type;
    }

    private static String cast(String column) {
        String[] nameAndType = column.split(" ", 2);
        boolean asText = !elementType(nameAndType[1]).equals(nameAndType[1]);
        return "r." + nameAndType[0] + (asText ? "::" + nameAndType[1] : "");
    }

    private static Object element(Object value) {
        return switch (value) {
            case Instant instant -> instant.toString();
            case Collection<?> many -> many.stream().map(Insert::quoted).collect(Collectors.joining(",", "{", "}"));
            case null, default -> value;
        };
    }

    private static String quoted(Object element) {
        return '"' + element.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
