package io.countersign.server.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Statements on one connection. Parameters are given in order; instants, UUIDs, byte arrays, numbers, booleans,
 * strings, null and {@link ArrayOf} are understood.
 */
public final class Tx {
    private final Connection connection;

    Tx(Connection connection) {
        this.connection = connection;
    }

    /** Makes one object of a row. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** An array parameter; {@code type} is PostgreSQL's name of the element type. */
    public record ArrayOf(String type, Object[] elements) {
        public static ArrayOf of(String type, List<?> elements) {
            return new ArrayOf(type, elements.toArray());
        }

        /** The driver knows byte strings only in an array of their own type. */
        private Object[] typed() {
            return type.equals("bytea") ? Arrays.copyOf(elements, elements.length, byte[][].class) : elements;
        }
    }

    /**
     * Work of which nothing is left where it fails, while what was done before stays.
     *
     * @throws DatabaseException where the database refuses it
     */
    public <T> T undoable(Database.Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            T result = work.run(this);
            connection.releaseSavepoint(before);
            return result;
        } catch (SQLException e) {
            connection.rollback(before);
            throw new DatabaseException(e);
        } catch (RuntimeException | Error e) {
            connection.rollback(before);
            throw e;
        }
    }

    public <T> List<T> list(String sql, Mapper<T> mapper, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters); ResultSet rows = statement.executeQuery()) {
            var result = new ArrayList<T>();
            var row = new Row(rows);
            while (rows.next()) {
                result.add(mapper.map(row));
            }
            return result;
        }
    }

    /** The rows of a statement that was put together. */
    public <T> List<T> list(Sql sql, Mapper<T> mapper) throws SQLException {
        return list(sql.text(), mapper, sql.values().toArray());
    }

    /** The only row, or nothing; more than one row is a fault of the statement. */
    public <T> Optional<T> one(String sql, Mapper<T> mapper, Object... parameters) throws SQLException {
        List<T> rows = list(sql, mapper, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("one row expected, got " + rows.size() + ": " + sql);
        }
        return rows.stream().findFirst();
    }

    /** Runs a statement without result; answers how many rows it touched. */
    public int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The same for a statement that was put together. */
    public int update(Sql sql) throws SQLException {
        return update(sql.text(), sql.values().toArray());
    }

    /** Inserts all rows with one statement; no rows is no statement. */
    public int insert(Insert into, List<Object[]> rows) throws SQLException {
        return rows.isEmpty() ? 0 : update(into.sql(), into.arrays(rows));
    }

    /**
     * To the end of this transaction, statements read and hash whole tables, which the settings of the connection keep
     * those from that find a few rows by an index. Nested loops are avoided in turn: on tables filled since the last
     * analyze they took the square of the rows.
     */
    public void readsWholeTables() throws SQLException {
        list("""
                select set_config('enable_seqscan', 'on', true), set_config('enable_hashjoin', 'on', true),
                       set_config('enable_mergejoin', 'on', true), set_config('enable_material', 'on', true),
                       set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true),
                       set_config('plan_cache_mode', 'auto', true)""",
                row -> row);
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case ArrayOf array -> statement.setArray(index, connection.createArrayOf(array.type(), array.typed()));
            case null, default -> statement.setObject(index, value);
        }
    }
}
