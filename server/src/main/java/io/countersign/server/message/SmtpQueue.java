package io.countersign.server.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Mails that wait for a connection: those that are handed over one by one go before those in bulk. Thread-safe. */
final class SmtpQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Deque<Waiting> single = new ArrayDeque<>();
    private final Deque<Waiting> bulk = new ArrayDeque<>();
    private boolean closed;

    /** @param until how long it may wait, on the scale of {@link System#nanoTime()} */
    record Waiting(LaterEmail mail, boolean bulk, long until) {}

    /** Answers whether it waits now: nothing does once the queue is closed. */
    boolean add(Waiting waiting) {
        lock.lock();
        try {
            if (!closed) {
                (waiting.bulk() ? bulk : single).add(waiting);
                some.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The next, which may come in a moment. */
    Optional<Waiting> await(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (single.isEmpty() && bulk.isEmpty() && !closed && left > 0) {
                left = some.awaitNanos(left);
            }
            return Optional.ofNullable(single.isEmpty() ? bulk.poll() : single.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The next of those that are handed over one by one. */
    Optional<Waiting> pollSingle() {
        lock.lock();
        try {
            return Optional.ofNullable(single.poll());
        } finally {
            lock.unlock();
        }
    }

    /** The next in bulk, unless others go first. */
    Optional<Waiting> pollBulk() {
        lock.lock();
        try {
            return single.isEmpty() ? Optional.ofNullable(bulk.poll()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    boolean hasSingle() {
        lock.lock();
        try {
            return !single.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return single.size() + bulk.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out those that have waited for too long; all of a kind may wait equally long. */
    List<Waiting> pollLate(long now) {
        lock.lock();
        try {
            var late = new ArrayList<Waiting>();
            for (Deque<Waiting> waiting : List.of(single, bulk)) {
                while (!waiting.isEmpty() && now - waiting.peek().until() > 0) {
                    late.add(waiting.poll());
                }
            }
            return late;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all; no other comes. */
    List<Waiting> close() {
        lock.lock();
        try {
            closed = true;
            var left = new ArrayList<>(single);
            left.addAll(bulk);
            single.clear();
            bulk.clear();
            some.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
