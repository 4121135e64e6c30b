package io.countersign.server.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.server.platform.http.FairGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * A pool of connections to the one database. Work waits for a connection in the order it came, a bounded time.
 */
public final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A database that is away is told to the caller soon. */
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_QUEUE = 10_000;
    /**
     * Every statement here finds its rows by an index, a few or a batch of them. On tables that were empty a moment ago
     * the planner does not know how they grow, and a plan that reads or hashes a whole table stays cached until the
     * next analyze: measured, three quarters of a sign-up's time. Work over whole tables sets this differently.
     *
     * <p>Plans are made once, for any values. The planner takes an array for ten rows as long as it does not see it, so
     * a plan for the one that is asked about seemed cheaper each time, and was made each time: three quarters of what
     * PostgreSQL spent on a question about one customer, and half of what it spent on a sign-up.
     */
    private static final String SESSION = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
            + " -c enable_material=off -c jit=off -c plan_cache_mode=force_generic_plan";

    private final HikariDataSource pool;
    private final FairGate gate;

    private Database(HikariDataSource pool, int connections) {
        this.pool = pool;
        this.gate = new FairGate(connections, LONGEST_QUEUE, PATIENCE);
    }

    /** Opens a pool of {@code connections} connections; fails when the database cannot be reached. */
    public static Database open(String jdbcUrl, Properties properties, int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setDataSourceProperties(properties);
        config.addDataSourceProperty("ApplicationName", "countersign");
        config.addDataSourceProperty("options", SESSION);
        config.addDataSourceProperty("logServerErrorDetail", "false"); // it quotes rows, and errors are logged
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.setPoolName("database");
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(10_000);
        return new Database(new HikariDataSource(config), connections);
    }

    public javax.sql.DataSource dataSource() {
        return pool;
    }

    public int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Runs statements that each stand alone (autocommit): reads, and single-statement writes. */
    public <T> T with(Work<T> work) {
        return onConnection(connection -> work.run(new Tx(connection)));
    }

    /** Runs all of {@code work} in one transaction, committed when it returns and rolled back when it throws. */
    public <T> T transaction(Work<T> work) {
        return onConnection(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.run(new Tx(connection));
                connection.commit();
                return result;
            } catch (Throwable failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                restore(connection);
            }
        });
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Tx tx) throws SQLException;
    }

    private interface ConnectionWork<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T onConnection(ConnectionWork<T> work) {
        try {
            return gate.through(() -> {
                try (Connection connection = pool.getConnection()) {
                    return work.run(connection);
                }
            });
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(new SQLException("interrupted while waiting for a connection", "57014", e));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is broken; the pool finds that out when it comes back.
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
