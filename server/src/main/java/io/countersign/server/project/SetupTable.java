package io.countersign.server.project;

import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table of set-up, whose rows are brought to what a file names of them. Names of tables and columns come
 * from this package only, never from a file.
 *
 * @param id    an integer column to answer
 * @param alive a condition on rows that count, {@code true} for all
 */
record SetupTable(String name, String id, String alive) {
    static final SetupTable PROJECTS = new SetupTable("projects", "project_id", "true");
    static final SetupTable BRANDS = new SetupTable("brands", "brand_id", "true");
    static final SetupTable TOPICS = new SetupTable("topics", "topic_id", "deleted_at is null");
    static final SetupTable INTEGRATIONS = new SetupTable("integrations", "integration_id", "true");
    static final SetupTable OPERATIONS = new SetupTable("operations", "integration_id", "true");
    static final SetupTable FORMS = new SetupTable("forms", "project_id", "true");
    static final SetupTable OPERATORS = new SetupTable("operators", "operator_id", "true");

    Optional<Integer> find(Tx tx, Columns key) throws SQLException {
        return tx.one("select " + id + " from " + name + where(key), row -> row.integer(id),
                key.values().toArray());
    }

    int insert(Tx tx, Columns row) throws SQLException {
        String sql = "insert into " + name + " (" + String.join(", ", row.names()) + ") values ("
                + marks(row) + ") returning " + id;
        return tx.one(sql, created -> created.integer(id), row.values().toArray()).orElseThrow();
    }

    /** Answers whether the row was different. */
    boolean update(Tx tx, Columns key, Columns named, Instant now) throws SQLException {
        if (named.isEmpty()) {
            return false;
        }
        String assignments = named.names().stream().map(column -> column + " = ?")
                .collect(Collectors.joining(", "));
        String sql = "update " + name + " set " + assignments + ", changed_at = ?" + where(key)
                + " and row(" + String.join(", ", named.names()) + ") is distinct from row(" + marks(named)
                + ")";
        List<Object> parameters = new ArrayList<>(named.values());
        parameters.add(now);
        parameters.addAll(key.values());
        parameters.addAll(named.values());
        return tx.update(sql, parameters.toArray()) > 0;
    }

    private String where(Columns key) {
        return key.names().stream().map(column -> column + " = ?")
                .collect(Collectors.joining(" and ", " where " + alive + " and ", ""));
    }

    private static String marks(Columns columns) {
        return String.join(", ", Collections.nCopies(columns.names().size(), "?"));
    }
}
