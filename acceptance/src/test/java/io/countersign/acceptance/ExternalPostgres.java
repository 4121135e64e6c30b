package io.countersign.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL over TCP with a password, as one elsewhere would be. As root it runs as an unprivileged
 * user, for PostgreSQL refuses to run as root. Only servers are killed here, so it need not outlive a loss of power.
 */
final class ExternalPostgres implements AutoCloseable {
    private static final String PASSWORD = "not-so-secret";
    private static final int NOBODY = 65_534;

    private final Path folder = Folders.create("postgres");
    private final List<String> prefix;
    private final int port;
    private final Process process;

    private ExternalPostgres() throws IOException {
        prefix = prefix();
        port = freePort();
        initialise();
        process = launch();
    }

    /** Starts a new one, empty but for its system tables. */
    static ExternalPostgres start() {
        try {
            var postgres = new ExternalPostgres();
            Await.until("PostgreSQL accepts connections", postgres::accepts);
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url("postgres");
    }

    /** Another database beside, empty. */
    String create(String name) {
        try (Connection connection = DriverManager.getConnection(url(), "app", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return url(name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=app&sslmode=disable";
    }

    String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        process.destroy();
        Await.until("the end of PostgreSQL", () -> !process.isAlive());
        Folders.delete(folder);
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new AssertionError("PostgreSQL ended: " + log());
        }
        try (Connection connection = DriverManager.getConnection(url(), "app", PASSWORD)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void initialise() throws IOException {
        var secret = folder.resolve("password");
        Files.writeString(secret, PASSWORD);
        Files.createDirectories(folder.resolve("run"));
        own(folder, folder.resolve("run"), secret);
        var words = new ArrayList<>(prefix);
        words.addAll(List.of(program("initdb"), "-D", data(), "-U", "app", "-E", "UTF8",
                "--locale=C", "--auth=scram-sha-256", "--pwfile=" + secret, "--no-sync"));
        var initdb = start(words);
        Await.until("initdb", () -> !initdb.isAlive());
        if (initdb.exitValue() != 0) {
            throw new AssertionError("initdb failed: " + log());
        }
    }

    private Process launch() throws IOException {
        var words = new ArrayList<>(prefix);
        words.addAll(List.of(program("postgres"), "-D", data(), "-k",
                folder.resolve("run").toString(), "-p", String.valueOf(port), "-c",
                        "listen_addresses=127.0.0.1",
                "-c", "max_connections=60", "-c", "shared_buffers=64MB", "-c", "fsync=off"));
        return start(words);
    }

    private Process start(List<String> words) throws IOException {
        return new ProcessBuilder(words).directory(Path.of("/").toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log.txt").toFile())).start();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String program(String name) {
        return Prepared.program(name).toString();
    }

    private static List<String> prefix() throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            return List.of();
        }
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private void own(Path... paths) throws IOException {
        if (!prefix.isEmpty()) {
            for (var path : paths) {
                Files.setAttribute(path, "unix:uid", NOBODY);
                Files.setAttribute(path, "unix:gid", NOBODY);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
