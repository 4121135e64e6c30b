package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Processes of PostgreSQL that an earlier, killed server left behind on the data directory. */
final class Orphans {

    private static final System.Logger LOG = System.getLogger(Orphans.class.getName());
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DataDirectory data;
    private final String title;

    Orphans(DataDirectory data) {
        this.data = data;
        this.title = "postgres: " + SocketDirectory.nameOf(data) + ":";
    }

    /**
     * Stops them: fast, then immediately, then by force. The caller holds the lock of the data directory, so
     * nobody else uses what is stopped here.
     */
    void stop(Duration fastLimit) throws IOException {
        if (!Files.exists(data.postmasterFile())) {
            return;
        }
        var postmaster = postmaster();
        if (postmaster.isPresent()) {
            LOG.log(System.Logger.Level.WARNING,
                    "Stopping PostgreSQL (process {0}) left by an earlier run on {1}.",
                    String.valueOf(postmaster.get()), data.root());
            stop(List.of(postmaster.get()), fastLimit);
        }
        forget();
    }

    private void stop(List<Long> postmaster, Duration fastLimit) throws IOException {
        Signal.INT.send(postmaster);
        if (!goneWithin(fastLimit)) {
            Signal.QUIT.send(postmaster);
            if (!goneWithin(PATIENCE)) {
                forceAll();
            }
        }
    }

    /** Without its postmaster a worker ends by itself, but one that is busy takes its time. */
    private void forget() throws IOException {
        if (!goneWithin(PATIENCE)) {
            forceAll();
        }
        if (isStale()) {
            Files.deleteIfExists(data.postmasterFile());
        }
    }

    private void forceAll() throws IOException {
        Signal.KILL.send(running());
        if (!goneWithin(PATIENCE)) {
            throw new PostgresException(Code.STOP_FAILED, "PostgreSQL of an earlier run (processes "
                    + running() + ") still uses " + data.root() + " and does not end.");
        }
    }

    private boolean goneWithin(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!running().isEmpty()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            // They are not children of ours: there is nothing to wait on.
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private Optional<Long> postmaster() throws IOException {
        return recordedPid().filter(pid -> isOurs(ProcessLine.of(pid)));
    }

    private List<Long> running() throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes.map(path -> path.getFileName().toString()).filter(name -> name.matches("\\d+"))
                    .map(Long::valueOf).filter(pid -> isOurs(ProcessLine.of(pid))).toList();
        }
    }

    private boolean isOurs(ProcessLine line) {
        return line.text().startsWith(title)
                || line.dataDirectory().filter(data.cluster().toString()::equals).isPresent();
    }

    /**
     * PostgreSQL takes any living process of the recorded number for a postmaster. After a restart of the
     * machine or of a container that may be anything: forget the number when it is surely none.
     */
    private boolean isStale() throws IOException {
        var directory = recordedPid().map(ProcessLine::of).flatMap(ProcessLine::dataDirectory);
        return directory.isEmpty() || Files.isDirectory(Path.of(directory.get()));
    }

    /** Empty also when a postmaster that just ended took its file with it. */
    private Optional<Long> recordedPid() throws IOException {
        try (var lines = Files.lines(data.postmasterFile())) {
            return lines.findFirst().filter(line -> line.strip().matches("\\d{1,10}"))
                    .map(line -> Long.valueOf(line.strip()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
