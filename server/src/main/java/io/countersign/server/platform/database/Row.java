package io.countersign.server.platform.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The current row of a result, read by column name. Absent values are null, empty lists for arrays. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) throws SQLException {
        return rows.getString(column);
    }

    public UUID uuid(String column) throws SQLException {
        return rows.getObject(column, UUID.class);
    }

    public int integer(String column) throws SQLException {
        return rows.getInt(column);
    }

    public Integer integerOrNull(String column) throws SQLException {
        int value = rows.getInt(column);
        return rows.wasNull() ? null : value;
    }

    public long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    public Long numberOrNull(String column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? null : value;
    }

    public boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    public byte[] bytes(String column) throws SQLException {
        return rows.getBytes(column);
    }

    public Instant instant(String column) throws SQLException {
        OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public List<String> texts(String column) throws SQLException {
        return List.of((String[]) elements(column, new String[0]));
    }

    public List<UUID> uuids(String column) throws SQLException {
        return List.of((UUID[]) elements(column, new UUID[0]));
    }

    public List<Integer> integers(String column) throws SQLException {
        return List.of((Integer[]) elements(column, new Integer[0]));
    }

    public List<Instant> instants(String column) throws SQLException {
        Object[] values = elements(column, new Object[0]);
        return java.util.Arrays.stream(values).map(value -> ((java.sql.Timestamp) value).toInstant()).toList();
    }

    private Object[] elements(String column, Object[] none) throws SQLException {
        Array array = rows.getArray(column);
        return array == null ? none : (Object[]) array.getArray();
    }
}
