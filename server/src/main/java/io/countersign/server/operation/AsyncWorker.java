package io.countersign.server.operation;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.RetrySchedule;
import io.countersign.server.operation.CallQueue.Queued;
import io.countersign.server.platform.Complaints;
import io.countersign.server.platform.Loop;
import io.countersign.server.platform.database.Database;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works on the queues of all projects, one round of each in turn. After a fault it looks for the call behind it with
 * smaller and smaller rounds; that call is tried again later, and whoever it names waits with it, nobody else.
 */
final class AsyncWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AsyncWorker.class.getName());
    /** After each fault; then the call has failed. */
    static final RetrySchedule RETRIES = RetrySchedule.parse(List.of("1s", "10s", "1m", "10m", "1h"));
    private static final int LARGEST_ROUND = 200;
    private static final long LOOK_MILLIS = 500;

    private final Database database;
    private final QueueRounds rounds;
    private final InstantSource clock;
    private final Semaphore wake = new Semaphore(0);
    private final Map<ProjectId, Integer> sizes = new HashMap<>();
    private final Set<ProjectId> lanes = new HashSet<>();
    private final Complaints complaints = new Complaints(LOG);
    private Thread thread;
    private volatile boolean closing;

    AsyncWorker(Database database, QueueRounds rounds, InstantSource clock) {
        this.database = database;
        this.rounds = rounds;
        this.clock = clock;
    }

    AsyncWorker start() {
        thread = Loop.of("operation-queue", () -> !closing, this::work);
        thread.start();
        return this;
    }

    /** Something was put in: look at once instead of at the next look. */
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void work() {
        if (!pass()) {
            await();
        }
    }

    /** One round of every project with something due; answers whether there is likely to be more. */
    boolean pass() {
        boolean more = false;
        for (ProjectId project : database.with(tx -> CallQueue.dueProjects(tx, clock.instant()))) {
            try {
                more |= round(project);
            } catch (RuntimeException | Error e) {
                complain("the queue of project " + project.value() + " has to wait", e);
            }
        }
        return more;
    }

    private boolean round(ProjectId project) {
        if (!lanes.contains(project)) {
            database.with(tx -> {
                CallQueue.openLane(tx, project);
                return null;
            });
            lanes.add(project);
        }
        int size = sizes.getOrDefault(project, LARGEST_ROUND);
        try {
            int done = rounds.run(project, size);
            sizes.put(project, Math.min(LARGEST_ROUND, size * 2));
            return done > 0;
        } catch (QueueRounds.Failed e) {
            if (e.suspects().size() == 1) {
                again(project, e.suspects().getFirst(), e.getCause());
            } else {
                sizes.put(project, Math.max(1, e.suspects().size() / 2));
            }
            return true;
        }
    }

    private void again(ProjectId project, Queued call, Throwable fault) {
        Instant now = clock.instant();
        String shown = CallRoutes.show(call.id());
        Optional<Instant> next = RETRIES.next(call.attempts() + 1, now);
        LOG.log(Level.ERROR, "operation call " + shown + (next.isPresent() ? " is tried again" : " has failed"), fault);
        String message = "A fault of the server; its log names this call.";
        database.with(tx -> {
            if (next.isPresent()) {
                CallQueue.putOff(tx, project, call, message, next.get());
            } else {
                CallQueue.giveUp(tx, project, call, message, now);
            }
            return null;
        });
    }

    private void await() {
        try {
            wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(String what, Throwable e) {
        if (!closing) {
            complaints.tell(what, e);
        }
    }

    /** Takes no more, and lets the round that is under way finish. */
    @Override
    public void close() {
        closing = true;
        wake.release();
        if (thread != null) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
