package io.countersign.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Connections of plain JDBC, each with a thread of its own, working for a while. */
final class Workers {
    static final int CONNECTIONS = 16;
    private static final String URL = "jdbc:postgresql://127.0.0.1/countersign";
    private static final int MOST = 400_000;

    private Workers() {}

    /** Work prepared on one connection; a call is one operation, false when there is nothing left to do. */
    @FunctionalInterface
    interface Setup {
        Operation on(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    interface Operation {
        boolean run() throws SQLException;
    }

    static Connection connect(Properties properties) throws SQLException {
        return DriverManager.getConnection(URL, properties);
    }

    static Round run(Properties properties, Duration time, Setup setup) throws Exception {
        var operations = new ArrayList<Operation>();
        var connections = new ArrayList<Connection>();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(connect(properties));
                operations.add(setup.on(connections.getLast()));
            }
            long began = System.nanoTime();
            var under = new ArrayList<Future<long[]>>();
            for (var operation : operations) {
                under.add(threads.submit(timed(operation, began + time.toNanos())));
            }
            long[] all = new long[CONNECTIONS * MOST];
            int count = 0;
            for (var future : under) {
                long[] some = future.get();
                System.arraycopy(some, 0, all, count, some.length);
                count += some.length;
            }
            return Round.of(all, count, 0, System.nanoTime() - began);
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private static Callable<long[]> timed(Operation operation, long end) {
        return () -> {
            long[] took = new long[MOST];
            int count = 0;
            long before = System.nanoTime();
            while (before < end && count < MOST && operation.run()) {
                long now = System.nanoTime();
                took[count++] = now - before;
                before = now;
            }
            return java.util.Arrays.copyOf(took, count);
        };
    }
}
