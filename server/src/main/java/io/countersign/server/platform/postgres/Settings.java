package io.countersign.server.platform.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the embedded PostgreSQL runs.
 *
 * @param binaries where binaries are unpacked; empty: {@code bin} inside the data directory. May be shared by
 *     several data directories, and by processes that start at the same moment
 * @param tcp also listen on 127.0.0.1; empty: the unix-domain socket is the only way in
 * @param startLimit how long recovery after a crash may take before the start counts as failed
 * @param stopLimit how long a fast shutdown may take before an immediate one follows
 * @param stopAtExit stop PostgreSQL from a shutdown hook of our own. An owner that drains work in its own
 *     hook sets this to false and promises to call {@link EmbeddedPostgres#close()} from there
 * @param parameters server parameters, as in postgresql.conf
 */
public record Settings(Optional<Path> binaries, Optional<Tcp> tcp, Duration startLimit, Duration stopLimit,
        boolean stopAtExit, Map<String, String> parameters) {

    /** A port on 127.0.0.1 (0: any free one), to be entered with this password only. */
    public record Tcp(int port, String password) {

        public Tcp {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            if (password.isEmpty()) {
                throw new IllegalArgumentException("a TCP port needs a password");
            }
        }

        @Override
        public String toString() {
            return "Tcp[port=" + port + "]";
        }
    }

    public Settings {
        parameters = Map.copyOf(parameters);
    }

    /** Durable and small: made for a server that shares a machine of 1 GiB with PostgreSQL. */
    public static Settings defaults() {
        return new Settings(Optional.empty(), Optional.empty(), Duration.ofMinutes(10),
                Duration.ofSeconds(30), true, defaultParameters());
    }

    public Settings withBinaries(Path directory) {
        return new Settings(Optional.of(directory), tcp, startLimit, stopLimit, stopAtExit, parameters);
    }

    /** For tests that need something like an external database. */
    public Settings withTcp(int port, String password) {
        return new Settings(binaries, Optional.of(new Tcp(port, password)), startLimit, stopLimit, stopAtExit,
                parameters);
    }

    public Settings withStopAtExit(boolean stop) {
        return new Settings(binaries, tcp, startLimit, stopLimit, stop, parameters);
    }

    public Settings withParameter(String name, String value) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new Settings(binaries, tcp, startLimit, stopLimit, stopAtExit, changed);
    }

    private static Map<String, String> defaultParameters() {
        return Map.ofEntries(
                Map.entry("shared_buffers", "128MB"),
                Map.entry("max_connections", "50"),
                Map.entry("work_mem", "8MB"),
                Map.entry("maintenance_work_mem", "64MB"),
                Map.entry("effective_cache_size", "384MB"),
                Map.entry("random_page_cost", "1.1"),
                Map.entry("wal_level", "replica"),
                Map.entry("max_wal_senders", "0"),
                Map.entry("max_logical_replication_workers", "0"),
                Map.entry("max_wal_size", "1GB"),
                Map.entry("checkpoint_timeout", "15min"),
                Map.entry("autovacuum_max_workers", "2"),
                // Tables that were empty a moment ago: the planner should learn soon how they grow.
                Map.entry("autovacuum_naptime", "10s"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                // What people wrote to us, their addresses among it, stays out of the log.
                Map.entry("log_min_error_statement", "panic"),
                Map.entry("log_error_verbosity", "terse"));
    }
}
