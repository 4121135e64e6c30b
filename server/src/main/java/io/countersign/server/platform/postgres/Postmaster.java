package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The running PostgreSQL of this server. */
final class Postmaster {

    private static final System.Logger LOG = System.getLogger(Postmaster.class.getName());
    private static final long LOG_LIMIT = 4L << 20;
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int STATUS_LINE = 7;

    private final DataDirectory data;
    private final Process process;
    private final BoundedLog log;
    private final Thread copying;
    private final Duration stopLimit;
    private volatile boolean asked;

    private Postmaster(DataDirectory data, Process process, Duration stopLimit) {
        this.data = data;
        this.process = process;
        this.stopLimit = stopLimit;
        this.log = new BoundedLog(data.log(), LOG_LIMIT);
        // A read from a pipe holds its carrier, so this is one platform thread.
        this.copying = Thread.ofPlatform().daemon().name("postgres-log")
                .start(() -> log.copy(process.getInputStream()));
    }

    static Postmaster launch(DataDirectory data, List<String> prefix, List<String> words, Duration stopLimit)
            throws IOException {
        var all = new ArrayList<String>();
        // In a session of its own: an interrupt typed at the terminal reaches the server only, which stops in
        // order.
        Command.find("setsid").ifPresent(setsid -> all.add(setsid.toString()));
        all.addAll(prefix);
        all.addAll(words);
        var process = new Command(all).start();
        process.getOutputStream().close();
        return new Postmaster(data, process, stopLimit);
    }

    void awaitReady(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!status().equals("ready")) {
            if (process.waitFor(POLL)) {
                throw new PostgresException(Code.START_FAILED, "PostgreSQL ended while starting on "
                        + data.root() + " (status " + process.exitValue() + "): " + lastLines());
            }
            if (System.nanoTime() > end) {
                throw new PostgresException(Code.START_FAILED, "PostgreSQL on " + data.root()
                        + " was not ready after " + limit + ": " + log.lastLines());
            }
        }
    }

    /** Fast, then immediately, then by force. */
    synchronized void stop() {
        asked = true;
        try {
            if (!stopped(Signal.INT, stopLimit) && !stopped(Signal.QUIT, PATIENCE)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException | InterruptedException failed) {
            LOG.log(System.Logger.Level.WARNING, "PostgreSQL is stopped by force.", failed);
            process.destroyForcibly();
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Process process() {
        return process;
    }

    boolean wasAsked() {
        return asked;
    }

    /** Of one that has ended it is all that it said, unless a process that it left holds the pipe open. */
    String lastLines() {
        try {
            if (!process.isAlive()) {
                copying.join(LAST_WORDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return log.lastLines();
    }

    private boolean stopped(Signal signal, Duration limit) throws IOException, InterruptedException {
        if (process.isAlive()) {
            signal.send(List.of(process.pid()));
        }
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The postmaster itself writes there how far it is; what a killed one left carries another number. */
    private String status() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.postmasterFile());
        } catch (NoSuchFileException notYet) {
            return "";
        }
        boolean written = lines.size() > STATUS_LINE && lines.getFirst().strip().equals(
                String.valueOf(process.pid()));
        return written ? lines.get(STATUS_LINE).strip() : "";
    }
}
