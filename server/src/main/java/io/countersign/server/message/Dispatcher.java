package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.MessageQueue.Due;
import io.countersign.server.message.Outcomes.Outcome;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.message.Prepared.Skipped;
import io.countersign.server.platform.database.Database;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Hands queued messages over. Three loops on virtual threads: one takes what is due, one writes what came of the tries,
 * one keeps the leases. A message that fails or hangs holds up none of its neighbours, and a provider that hangs none
 * of the other channel's messages.
 */
public final class Dispatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int AT_ONCE = 64;
    private static final long LOOK_MILLIS = 500;
    /** So often it is tried to write results together with what they tell about contacts. */
    private static final int TELLING = 3;
    private static final long RENEW_MILLIS = MessageQueue.LEASE.toMillis() / 3;

    private final Database database;
    private final InstantSource clock;
    private final OutgoingQueue queue;
    private final Outcomes outcomes;
    private final Providers providers;
    private final Map<String, Semaphore> free = Map.of("email", new Semaphore(AT_ONCE), "sms", new Semaphore(AT_ONCE));
    private final Semaphore wake = new Semaphore(0);
    private final Map<UUID, ProjectId> underWay = new ConcurrentHashMap<>();
    private final BlockingQueue<Outcome> done = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    /** @param providers whom messages are handed to; closed with this */
    Dispatcher(Database database, InstantSource clock, OutgoingQueue queue, Outcomes outcomes,
               Providers providers) {
        this.database = database;
        this.clock = clock;
        this.queue = queue;
        this.outcomes = outcomes;
        this.providers = providers;
    }

    /** Begins. {@code alone}: no other node works on this database, so what a killed run had taken is due at once. */
    Dispatcher start(boolean alone) {
        if (alone) {
            database.with(tx -> MessageQueue.releaseAll(tx, clock.instant()));
        }
        threads.add(Thread.ofVirtual().name("message-take").start(this::take));
        threads.add(Thread.ofVirtual().name("message-finish").start(this::finish));
        threads.add(Thread.ofVirtual().name("message-lease").start(this::renew));
        return this;
    }

    /** Something may be due now: look at once instead of at the next look. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Messages that are being handed over here now. */
    public int underWay() {
        return underWay.size();
    }

    private void take() {
        while (!closing) {
            boolean more = false;
            try {
                more = takeOnce();
            } catch (RuntimeException e) {
                complain("messages cannot be taken", e);
            }
            if (!more) {
                await(LOOK_MILLIS);
            }
        }
    }

    /** One look at every project and channel with something due; answers whether there is likely to be more. */
    private boolean takeOnce() {
        boolean more = false;
        for (Due due : database.with(tx -> MessageQueue.due(tx, clock.instant()))) {
            Semaphore slots = free.get(due.channel());
            int room = Math.min(slots.availablePermits(), AT_ONCE / 2);
            if (room > 0) {
                List<Prepared> prepared = queue.take(due, room);
                prepared.forEach(one -> send(one, slots));
                more |= prepared.size() == room;
            }
        }
        return more;
    }

    private void send(Prepared prepared, Semaphore slots) {
        switch (prepared) {
            case Skipped(Taken taken, String reason) -> done.add(outcomes.skipped(taken, reason));
            case Ready ready -> {
                slots.acquireUninterruptibly();
                underWay.put(ready.taken().id(), ready.taken().project());
                Thread.ofVirtual().name("message-send").start(() -> handOver(ready, slots));
            }
        }
    }

    private void handOver(Ready ready, Semaphore slots) {
        Taken taken = ready.taken();
        Outcome outcome;
        try {
            outcome = outcomes.of(taken, ready.handOver().get());
        } catch (RuntimeException e) {
            complain("message " + taken.id() + " cannot be made", e);
            outcome = outcomes.fault(taken);
        }
        done.add(outcome);
        slots.release();
        wake();
    }

    /** Writes what is done, as much as there is at a time. */
    private void finish() {
        while (!closing || !underWay.isEmpty() || !done.isEmpty()) {
            next().stream().collect(Collectors.groupingBy(Outcome::project)).forEach((project, batch) -> {
                write(project, batch);
                batch.forEach(outcome -> underWay.remove(outcome.result().message()));
            });
        }
    }

    private List<Outcome> next() {
        var batch = new ArrayList<Outcome>();
        try {
            Outcome first = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                done.drainTo(batch, AT_ONCE * 4);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    /** Until it is written: what was handed over must not be handed over again. */
    private void write(ProjectId project, List<Outcome> batch) {
        for (int tries = 1; ; tries++) {
            try {
                if (tries <= TELLING) {
                    outcomes.write(project, batch);
                } else {
                    outcomes.writeUntold(project, batch);
                }
                return;
            } catch (RuntimeException e) {
                complain("results of " + batch.size() + " messages cannot be written yet", e);
                if (closing) {
                    return;
                }
                await(LOOK_MILLIS);
            }
        }
    }

    private void renew() {
        while (!closing) {
            await(closing ? 0 : RENEW_MILLIS, new Semaphore(0));
            underWay.entrySet().stream().collect(Collectors.groupingBy(Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList()))).forEach((project, messages) -> {
                        try {
                            database.transaction(tx -> {
                                MessageQueue.renew(tx, project, messages, clock.instant());
                                return null;
                            });
                        } catch (RuntimeException e) {
                            complain("leases cannot be renewed", e);
                        }
                    });
        }
    }

    private void await(long millis) {
        await(millis, wake);
    }

    private static void await(long millis, Semaphore signal) {
        try {
            signal.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(String what, RuntimeException e) {
        if (!closing) {
            LOG.log(Level.WARNING, what + ": " + e.getMessage(), LOG.isLoggable(Level.DEBUG) ? e : null);
        }
    }

    /** Takes no more, lets what is under way finish, and writes it down. */
    @Override
    public void close() {
        closing = true;
        wake.release(2);
        providers.close();
        for (Thread thread : threads) {
            if (!thread.getName().equals("message-lease")) {
                join(thread);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
