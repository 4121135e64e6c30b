package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A temporary directory that every user may pass through, and binaries unpacked once for all tests of a run.
 */
final class Workplace implements AutoCloseable {

    private final Path top;

    Workplace() {
        top = temporary();
    }

    Path data() {
        return top.resolve("data");
    }

    Path top() {
        return top;
    }

    static Settings settings() {
        return Settings.defaults().withBinaries(binaries());
    }

    static Path binaries() {
        return Shared.BINARIES;
    }

    EmbeddedPostgres start() {
        return EmbeddedPostgres.start(data(), settings());
    }

    /** A data directory with a cluster in it, in a tenth of the time that creating one takes. */
    Workplace prepared() throws IOException {
        Files.createDirectories(data());
        var copied = Command.of(List.of(), "/bin/cp", "-a", Template.CLUSTER.toString(), data().toString())
                .run("");
        if (!copied.succeeded()) {
            throw new IOException(copied.output());
        }
        return this;
    }

    /** Apart, since a process that only asks something needs none. */
    private static final class Shared {

        private static final Path BINARIES = temporaryForThisRun();
    }

    private static final class Template {

        private static final Path CLUSTER = create();

        private static Path create() {
            var directory = temporaryForThisRun();
            EmbeddedPostgres.start(directory, settings()).close();
            return directory.resolve("postgres");
        }
    }

    static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl());
    }

    static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres); var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            return rows.next() ? rows.getString(1) : "";
        }
    }

    static boolean isRoot() throws IOException {
        return Account.currentUid() == 0;
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Also ends what a failed test left running. */
    @Override
    public void close() throws IOException {
        if (Files.isDirectory(data())) {
            new Orphans(new DataDirectory(data().toRealPath())).stop(Duration.ofSeconds(10));
        }
        DataDirectory.deleteTree(top);
    }

    static Path temporary() {
        try {
            var directory = Files.createTempDirectory("cs-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            return directory.toRealPath();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Path temporaryForThisRun() {
        var directory = temporary();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
        return directory;
    }

    private static void delete(Path directory) {
        try {
            DataDirectory.deleteTree(directory);
        } catch (IOException left) {
            System.err.println("left behind: " + directory);
        }
    }
}
