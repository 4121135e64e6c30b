package io.countersign.server.message;

import io.countersign.server.message.MessageQueue.Due;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.platform.Loop;
import io.countersign.server.platform.database.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands queued messages over. Loops on virtual threads: one takes what is due, one for each channel what campaigns send
 * in bulk, one writes what came of the tries, one keeps the leases. A message that fails or hangs holds up none of its
 * neighbours, a provider that hangs none of the other channel's messages, and a campaign nothing but itself.
 */
public final class Dispatcher implements AutoCloseable {
    private static final int AT_ONCE = 64;
    /** What other nodes queue, and what becomes due with time, is seen this late. */
    private static final long LOOK_MILLIS = 500;
    /** What is queued in this time after a wake is taken along: each look costs a transaction. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Database database;
    private final InstantSource clock;
    private final OutgoingQueue queue;
    private final HandOvers handOvers;
    private final Providers providers;
    private final Paces paces;
    private final Map<String, Semaphore> free = Map.of("email", new Semaphore(AT_ONCE), "sms", new Semaphore(AT_ONCE));
    private final Semaphore wake = new Semaphore(0);
    private final Thread taking;
    private final Thread finishing;
    private final List<BulkLanes> lanes = new ArrayList<>();

    /** @param providers whom messages are handed to; closed with this */
    Dispatcher(Database database, InstantSource clock, OutgoingQueue queue, HandOvers handOvers,
               Providers providers, Paces paces) {
        this.database = database;
        this.clock = clock;
        this.queue = queue;
        this.handOvers = handOvers;
        this.providers = providers;
        this.paces = paces;
        this.taking = Loop.of("message-take", () -> !handOvers.isClosing(), this::take);
        this.finishing = Loop.of("message-finish", handOvers::isUnfinished, handOvers::finish);
    }

    /** Begins. {@code alone}: no other node works on this database, so what a killed run had taken is due at once. */
    Dispatcher start(boolean alone) {
        if (alone) {
            database.transaction(tx -> {
                TakeStore.endAll(tx, clock.instant());
                return MessageQueue.releaseAll(tx, clock.instant());
            });
        }
        taking.start();
        finishing.start();
        handOvers.keepLeases();
        for (String channel : free.keySet()) {
            lanes.add(new BulkLanes(database, clock, queue, handOvers, providers, channel).start());
        }
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
        return handOvers.underWay();
    }

    /** Receiving domains that asked to be sent to more slowly, as far as this node knows. */
    public int slowedDomains() {
        return paces.slowed();
    }

    private void take() {
        if (!takeOnce()) {
            await();
        }
    }

    /** One look at every project and channel with something due; answers whether there is likely to be more. */
    private boolean takeOnce() {
        boolean more = false;
        for (Due due : database.with(tx -> MessageQueue.due(tx, clock.instant()))) {
            try {
                more |= take(due, free.get(due.channel()));
            } catch (RuntimeException | Error e) {
                handOvers.complain("messages of project " + due.project().value() + " cannot be taken", e);
            }
        }
        return more;
    }

    private boolean take(Due due, Semaphore slots) {
        int room = Math.min(slots.availablePermits(), AT_ONCE / 2);
        if (room == 0) {
            return false;
        }
        List<Prepared> prepared = queue.take(due, room);
        handOvers.begin(prepared, ready -> send(ready, slots));
        return prepared.size() == room;
    }

    private void send(Ready ready, Semaphore slots) {
        slots.acquireUninterruptibly();
        try {
            Thread.ofVirtual().name("message-send").start(() -> {
                try {
                    handOvers.handOver(ready);
                } finally {
                    slots.release();
                    wake();
                }
            });
        } catch (RuntimeException | Error e) {
            slots.release();
            throw e;
        }
    }

    private void await() {
        try {
            if (wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                LockSupport.parkNanos(GATHER_NANOS);
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more, lets what is under way finish, and writes it down. */
    @Override
    public void close() {
        handOvers.close();
        wake.release(2);
        lanes.forEach(BulkLanes::close);
        join(taking);
        handOvers.beginNoMore();
        providers.close();
        join(finishing);
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
