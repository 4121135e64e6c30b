package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL of our own on a data directory. It is durable (every acknowledged commit survives the death of
 * this process, of PostgreSQL or of both), is stopped when the JVM ends, and is reached over a unix-domain
 * socket.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /**
     * How PostgreSQL ended.
     *
     * @param asked whether {@link EmbeddedPostgres#close()} ended it
     * @param lastLines the end of its log, in one line
     */
    public record Exit(int status, boolean asked, String lastLines) {
    }

    private static final int SOCKET_PORT = 5432;

    private final DataLock lock;
    private final Postmaster postmaster;
    private final SocketDirectory sockets;
    private final int port;
    private final Thread atExit = new Thread(this::close, "postgres-stop");
    private boolean closed;

    private EmbeddedPostgres(DataLock lock, Postmaster postmaster, SocketDirectory sockets, int port) {
        this.lock = lock;
        this.postmaster = postmaster;
        this.sockets = sockets;
        this.port = port;
    }

    /**
     * Starts on the data directory, which is created where missing, and returns when connections are
     * accepted. PostgreSQL left over by a killed run is stopped first, and what it had acknowledged is
     * recovered.
     *
     * @throws PostgresException with a message of one line for the administrator
     */
    public static EmbeddedPostgres start(Path dataDirectory, Settings settings) {
        var data = DataDirectory.open(dataDirectory);
        var lock = DataLock.acquire(data);
        try {
            return start(data, lock, settings);
        } catch (IOException failed) {
            lock.close();
            throw new PostgresException(Code.START_FAILED, "PostgreSQL could not be started on " + data.root()
                    + ": " + failed, failed);
        } catch (InterruptedException interrupted) {
            lock.close();
            throw PostgresException.interrupted(interrupted);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** An address for the driver that needs no further property. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1/" + Cluster.DATABASE + "?user=" + Cluster.USER
                + "&socketFactory=" + UnixSocketFactory.class.getName()
                + "&socketFactoryArg=" + URLEncoder.encode(socket().toString(), StandardCharsets.UTF_8)
                + "&sslmode=disable";
    }

    /** The same as properties, for {@code jdbc:postgresql://127.0.0.1/countersign}. */
    public Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", Cluster.USER);
        properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", socket().toString());
        properties.setProperty("sslmode", "disable");
        return properties;
    }

    /** An address over TCP, without the password; only when the settings ask for it. */
    public String tcpJdbcUrl() {
        if (port == SOCKET_PORT) {
            throw new IllegalStateException("no TCP port was asked for");
        }
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE + "?user=" + Cluster.USER
                + "&sslmode=disable";
    }

    public Path socket() {
        return sockets.socket(port);
    }

    /** The process of the postmaster. */
    public long pid() {
        return postmaster.process().pid();
    }

    /** Completes when PostgreSQL has ended, asked or not. What to do then is the owner's decision. */
    public CompletableFuture<Exit> onExit() {
        return postmaster.process().onExit().thenApply(process ->
                new Exit(process.exitValue(), postmaster.wasAsked(), postmaster.lastLines()));
    }

    /**
     * Stops PostgreSQL (connections are closed, everything is written) and frees the data directory.
     * Repeatable.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            // By now the directory may have a new owner.
            return;
        }
        closed = true;
        postmaster.stop();
        removeSockets();
        lock.close();
        forgetExit();
    }

    private static EmbeddedPostgres start(DataDirectory data, DataLock lock, Settings settings)
            throws IOException, InterruptedException {
        var home = settings.binaries().orElse(data.binaries());
        if (!Files.isDirectory(home)) {
            DataDirectory.create(Files.createDirectories(home), "rwxr-xr-x");
        }
        var account = Account.forData(data, data.root(), home.toRealPath());
        var binaries = Binaries.unpackedIn(home.toRealPath());
        new Orphans(data).stop(settings.stopLimit());
        new Cluster(data, account, binaries).prepare();
        var sockets = SocketDirectory.prepare(data, account);
        int port = settings.tcp().isPresent() ? port(settings.tcp().get()) : SOCKET_PORT;
        var words = words(data, binaries, sockets, settings, port);
        var postmaster = Postmaster.launch(data, account.prefix(), words, settings.stopLimit());
        var started = new EmbeddedPostgres(lock, postmaster, sockets, port);
        started.becomeReady(settings, binaries);
        return started;
    }

    private void becomeReady(Settings settings, Binaries binaries) throws IOException, InterruptedException {
        boolean ready = false;
        try {
            if (settings.stopAtExit()) {
                Runtime.getRuntime().addShutdownHook(atExit);
            }
            postmaster.awaitReady(settings.startLimit());
            if (settings.tcp().isPresent()) {
                setPassword(settings.tcp().get().password());
            }
            if (settings.binaries().isEmpty()) {
                binaries.removeOthers();
            }
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private static List<String> words(DataDirectory data, Binaries binaries, SocketDirectory sockets,
            Settings settings, int port) {
        var words = new ArrayList<>(List.of(binaries.program("postgres"), "-D", data.cluster().toString(),
                "-k", sockets.path().toString()));
        settings.parameters().forEach((name, value) -> set(words, name, value));
        // These come last and win: what the server promises rests on them.
        set(words, "port", String.valueOf(port));
        set(words, "listen_addresses", settings.tcp().isPresent() ? "127.0.0.1" : "");
        set(words, "unix_socket_permissions", "0700");
        set(words, "cluster_name", SocketDirectory.nameOf(data));
        set(words, "fsync", "on");
        set(words, "full_page_writes", "on");
        set(words, "synchronous_commit", "on");
        set(words, "logging_collector", "off");
        set(words, "log_destination", "stderr");
        return words;
    }

    private static void set(List<String> words, String name, String value) {
        words.add("-c");
        words.add(name + "=" + value);
    }

    private static int port(Settings.Tcp tcp) throws IOException {
        if (tcp.port() != 0) {
            return tcp.port();
        }
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void setPassword(String password) {
        try (var connection = DriverManager.getConnection(jdbcUrl())) {
            connection.unwrap(PGConnection.class).alterUserPassword(Cluster.USER, password.toCharArray(),
                    "scram-sha-256");
        } catch (SQLException refused) {
            throw new PostgresException(Code.START_FAILED, "The password for the TCP port could not be set: "
                    + refused.getMessage(), refused);
        }
    }

    private void removeSockets() {
        try {
            sockets.remove();
        } catch (IOException left) {
            // The next start clears the directory.
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The hook is what runs now.
        }
    }
}
