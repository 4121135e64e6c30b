package io.countersign.server.testing;

import io.countersign.server.platform.Migrations;
import io.countersign.server.platform.database.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PostgreSQL for tests, started once per JVM on a loopback port of its own choice, without fsync,
 * gone with the JVM however that ends. Databases are copies of a migrated template: a fresh one costs some
 * tens of milliseconds.
 */
public final class TestPostgres {
    private static final String TEMPLATE = "migrated";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int port;

    private TestPostgres(int port) {
        this.port = port;
    }

    /** A pool of 8 connections to a database of its own, migrated and empty; close it after the last test. */
    public static Database database() {
        return open(url());
    }

    /** A pool to a database that {@link #url()} made: several pools are several nodes. */
    public static Database open(String url) {
        return Database.open(url, new Properties(), 8);
    }

    /** The address of a new database, migrated and empty. */
    public static String url() {
        return Holder.SERVER.create(TEMPLATE);
    }

    /** The address of a new database without any table. */
    public static String bareUrl() {
        return Holder.SERVER.create("template1");
    }

    private static final class Holder {
        static final TestPostgres SERVER = start();
    }

    private static TestPostgres start() {
        try {
            var server = new TestPostgres(freePort());
            server.launch(TestPostgresBinaries.directory());
            server.awaitConnection();
            server.execute("create database " + TEMPLATE);
            try (Database template = open(server.url(TEMPLATE))) {
                Migrations.run(template);
            }
            return server;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("no PostgreSQL for tests", e);
        }
    }

    /**
     * A shell holds PostgreSQL and reads our end of a pipe: when this JVM ends, even by {@code kill -9}, the
     * pipe closes, and the shell stops PostgreSQL and removes its files.
     */
    private void launch(Path binaries) throws IOException {
        Path directory = Files.createTempDirectory("countersign-test-postgres-");
        var command = new ArrayList<String>(TestPostgresBinaries.asOrdinaryUser(directory));
        command.addAll(List.of("/bin/sh", "-c", """
                cd /
                "$1/bin/initdb" -D "$2/data" -U postgres -E UTF8 --locale=C -A trust \
                    --no-sync --no-instructions >"$2/initdb.log" 2>&1 || exit 1
                "$1/bin/postgres" -D "$2/data" -p "$3" -k '' -c listen_addresses=127.0.0.1 -c fsync=off \
                    -c synchronous_commit=off -c full_page_writes=off -c max_connections=500 \
                    -c shared_buffers=64MB -c autovacuum=off -c logging_collector=off \
                    >"$2/postgres.log" 2>&1 &
                server=$!
                read line
                kill -INT $server
                wait $server
                rm -rf "$2"
                """, "sh", binaries.toString(), directory.toString(), Integer.toString(port)));
        new ProcessBuilder(command).directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private void awaitConnection() throws SQLException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                DriverManager.getConnection(url("postgres")).close();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private String create(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        try {
            // Copying the files takes half the work of writing each page through the log, which is the default.
            execute("create database " + name + " template " + template + " strategy file_copy");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    /** One at a time: a template that is being copied must have no other connection. */
    private synchronized void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
