package io.countersign.server.operation;

import io.countersign.server.access.Guard;
import io.countersign.server.customer.Customers;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** What becomes of calls: how many are let in, the queue of the asynchronous ones, the log of all. */
public final class OperationCalls implements AutoCloseable {
    private final Parts parts;
    private final CallLimits limits;
    private final CallLog log;
    private final AsyncWorker worker;
    private final AsyncIntake intake;
    private final CallKeeping keeping;

    /** @param planner tells what a call asks of the one door, as {@link Steps#plan} does */
    public record Parts(Database database, Secrets secrets, Catalogs catalogs, Customers customers, Ids ids,
                        InstantSource clock, Function<OperationCall, Plan> planner) {}

    public OperationCalls(Parts parts) {
        this.parts = parts;
        this.limits = new CallLimits(parts.clock());
        this.log = new CallLog(parts.database(), parts.ids(), parts.clock());
        this.worker = new AsyncWorker(parts.database(), new QueueRounds(parts.customers(), parts.catalogs(),
                parts.planner(), parts.secrets(), parts.clock()), parts.clock());
        this.intake = new AsyncIntake(parts.database(), parts.secrets(), parts.ids(), worker::wake);
        this.keeping = new CallKeeping(parts.database(), parts.catalogs(), parts.customers(), parts.clock());
    }

    CallLimits limits() {
        return limits;
    }

    CallLog log() {
        return log;
    }

    AsyncCalls async() {
        return intake;
    }

    AsyncWorker worker() {
        return worker;
    }

    CallKeeping keeping() {
        return keeping;
    }

    /** The routes by which the log is read. */
    public List<Route> routes(Guard guard) {
        return CallRoutes.routes(parts.database(), parts.catalogs(), guard);
    }

    /** Begins to carry out what is queued, to write the log and to clean it. */
    public OperationCalls start() {
        log.start();
        worker.start();
        keeping.start();
        return this;
    }

    /** Shows how much waits. */
    public void measure(Metrics metrics) {
        metrics.gauge("countersign_operation_calls_queued", "Asynchronous operation calls that wait",
                keeping::waiting);
        metrics.gauge("countersign_operation_calls_oldest_seconds", "How long the oldest of them has waited",
                keeping::oldestSeconds);
        metrics.gauge("countersign_operation_log_lost", "Entries of the log of calls that were left out",
                log::lost);
    }

    /** Finishes the round that is under way and writes the log; the rest of the queue stays for the next start. */
    @Override
    public void close() {
        keeping.close();
        worker.close();
        log.close();
    }
}
