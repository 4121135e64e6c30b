package io.countersign.server.operation;

import io.countersign.server.platform.Complaints;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Loop;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes down the calls that were answered at once. What they changed is durable already and has its own history, so
 * the log is written beside it, in batches: a process that dies loses the last moments of it, and when the database is
 * slower than the calls for long, the surplus is left out and counted.
 */
final class CallLog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CallLog.class.getName());
    private static final int MOST_WAITING = 20_000;
    private static final int BATCH = 500;
    private static final long PAUSE_MILLIS = 200;

    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final BlockingQueue<LoggedCall> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Complaints complaints = new Complaints(LOG);
    private Thread writer;
    private volatile boolean closing;

    CallLog(Database database, Ids ids, InstantSource clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    CallLog start() {
        writer = Loop.of("call-log", () -> !closing || !waiting.isEmpty(), this::write);
        writer.start();
        return this;
    }

    /** Carries a call out and notes what it came to, also when it comes to nothing. */
    Outcome noting(OperationCall call, Supplier<Outcome> work) {
        try {
            Outcome outcome = work.get();
            note(call, outcome.status().word(), LoggedCall.message(outcome));
            return outcome;
        } catch (ProblemException e) {
            boolean ours = e.problem().status() >= 500;
            note(call, ours ? LoggedCall.INTERNAL_ERROR : LoggedCall.PROTOCOL_ERROR, Optional.of(e.detail()));
            throw e;
        } catch (RuntimeException | Error e) {
            note(call, LoggedCall.INTERNAL_ERROR, Optional.empty());
            throw e;
        }
    }

    private void note(OperationCall call, String status, Optional<String> message) {
        if (!waiting.offer(new LoggedCall(ids.next(), call, status, message.map(LoggedCall::line),
                clock.instant()))) {
            lost.incrementAndGet();
        }
    }

    /** Entries that were left out since the start. */
    long lost() {
        return lost.get();
    }

    private void write() {
        next().stream().collect(Collectors.groupingBy(logged -> logged.call().project().id()))
                .values().forEach(this::write);
    }

    /** Waits a little for company: nobody waits for this. */
    private List<LoggedCall> next() {
        var batch = new ArrayList<LoggedCall>();
        try {
            LoggedCall first = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    private void write(List<LoggedCall> calls) {
        try {
            database.with(tx -> {
                CallStore.write(tx, calls);
                return null;
            });
        } catch (RuntimeException | Error e) {
            lost.addAndGet(calls.size());
            complaints.tell("the log of operations has gaps", e);
        }
    }

    /** Writes what is there. */
    @Override
    public void close() {
        closing = true;
        if (writer != null) {
            try {
                writer.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
