package io.countersign.server.platform.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A queue in front of something scarce, such as database connections: first come, first served, so that
 * nobody waits long while others are quick. The queue is bounded in length and in time; past that the answer
 * is {@link Problem#BUSY} at once, instead of work that nobody waits for any more. Not reentrant.
 */
public final class FairGate {

    private final Semaphore permits;
    private final int maxWaiting;
    private final Duration maxWait;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param permits    how many may be inside
     * @param maxWaiting how many may wait
     * @param maxWait    how long one may wait
     */
    public FairGate(int permits, int maxWaiting, Duration maxWait) {
        this.permits = new Semaphore(permits, true);
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
    }

    /**
     * Does the work when it is this caller's turn.
     *
     * @throws ProblemException {@link Problem#BUSY}: the queue is full, or the turn did not come in time
     */
    public <T> T through(Callable<T> work) throws Exception {
        enter();
        try {
            return work.call();
        } finally {
            permits.release();
        }
    }

    /** How many wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** How many stand in line, and so have their place. */
    int queued() {
        return permits.getQueueLength();
    }

    /** How many more could enter now. */
    public int free() {
        return permits.availablePermits();
    }

    private void enter() throws InterruptedException {
        // With a time, even of zero, tryAcquire keeps the order; without one it would push past those who
        // wait.
        if (permits.tryAcquire(0, TimeUnit.NANOSECONDS)) {
            return;
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            throw busy("Too many requests are waiting already.");
        }
        try {
            if (!permits.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy("The turn of this request did not come in time.");
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static ProblemException busy(String detail) {
        return new ProblemException(Problem.BUSY, detail).withHeader("Retry-After", "1");
    }
}
