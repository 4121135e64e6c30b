package io.countersign.server.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Lets what comes at the same time be done together, and so share a transaction. Nobody waits for company: what finds
 * nothing going on is done alone, what comes while others are being done goes together next. Each key has its own line,
 * which is forgotten when nobody waits in it any more.
 */
public final class Gathering<K, T, R> {
    private final Bounds bounds;
    private final ToLongFunction<T> weight;
    private final Predicate<RuntimeException> common;
    private final Work<K, T, R> work;
    private final Map<K, Line> lines = new ConcurrentHashMap<>();

    /**
     * How much goes at once.
     *
     * @param lanes   batches of one key that may be under way beside each other
     * @param items   most things of a batch
     * @param weight  most that a batch may weigh; a single thing may weigh more
     * @param waiting most that all of a key's line may weigh
     */
    public record Bounds(int lanes, int items, long weight, long waiting) {}

    /** Does a batch; answers one result for each thing, in their order. */
    @FunctionalInterface
    public interface Work<K, T, R> {
        List<R> run(K key, List<T> batch);
    }

    /** Too much waits already; nothing was done. */
    public static final class Crowded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crowded() {
            super("too much waits already", null, false, false);
        }
    }

    /**
     * A batch that fails is tried one by one, unless its failure is a common one.
     *
     * @param common whether a failure lies with none of the things and would befall each of them, as when the database
     *               is away: they would wait for it one after the other
     */
    public Gathering(Bounds bounds, ToLongFunction<T> weight, Predicate<RuntimeException> common,
                     Work<K, T, R> work) {
        this.bounds = bounds;
        this.weight = weight;
        this.common = common;
        this.work = work;
    }

    /** Has one thing done, and waits for it; fails as the work fails. */
    public R submit(K key, T item) {
        Line line = lines.compute(key, (_, old) -> (old == null ? new Line(key) : old).joined());
        try {
            var pending = new Pending<T, R>(item, weight.applyAsLong(item), new CompletableFuture<>());
            line.enter(pending);
            return pending.result().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        } finally {
            lines.computeIfPresent(key, (_, old) -> old.left());
        }
    }

    int lines() {
        return lines.size();
    }

    private record Pending<T, R>(T item, long weight, CompletableFuture<R> result) {}

    private final class Line {
        private final K key;
        private final Queue<Pending<T, R>> queue = new ConcurrentLinkedQueue<>();
        private final AtomicLong waiting = new AtomicLong();
        private final Semaphore free = new Semaphore(bounds.lanes());
        /** Who is in it; changed under the map's lock of the key only. */
        private int present;

        Line(K key) {
            this.key = key;
        }

        Line joined() {
            present++;
            return this;
        }

        /** What is left of the line: null for nothing. */
        Line left() {
            present--;
            return present == 0 ? null : this;
        }

        void enter(Pending<T, R> pending) {
            if (waiting.addAndGet(pending.weight()) > bounds.waiting()) {
                waiting.addAndGet(-pending.weight());
                throw new Crowded();
            }
            queue.add(pending);
            serve();
        }

        private void serve() {
            if (!queue.isEmpty() && free.tryAcquire()) {
                try {
                    Thread.startVirtualThread(this::drain);
                } catch (RuntimeException | Error e) { // no thread: whoever waits may do it as well
                    drain();
                }
            }
        }

        private void drain() {
            do {
                try {
                    for (List<Pending<T, R>> batch = next(); !batch.isEmpty(); batch = next()) {
                        carryOutSafely(batch);
                    }
                } finally {
                    free.release();
                }
            } while (!queue.isEmpty() && free.tryAcquire()); // somebody may have come before the release
        }

        private List<Pending<T, R>> next() {
            var batch = new ArrayList<Pending<T, R>>(bounds.items()); // to grow might fail when some are taken out
            long taken = 0;
            for (Pending<T, R> pending; batch.size() < bounds.items() && taken < bounds.weight()
                    && (pending = queue.poll()) != null; ) {
                batch.add(pending);
                taken += pending.weight();
            }
            waiting.addAndGet(-taken);
            return batch;
        }

        /** Whatever happens, nobody waits for ever. */
        private void carryOutSafely(List<Pending<T, R>> batch) {
            try {
                carryOut(batch);
            } catch (RuntimeException | Error e) {
                for (Pending<T, R> pending : batch) {
                    pending.result().completeExceptionally(e);
                }
            }
        }

        private void carryOut(List<Pending<T, R>> batch) {
            try {
                List<R> results = work.run(key, batch.stream().map(Pending::item).toList());
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).result().complete(results.get(i));
                }
            } catch (RuntimeException | Error e) {
                if (batch.size() == 1 || e instanceof RuntimeException failure && common.test(failure)) {
                    batch.forEach(pending -> pending.result().completeExceptionally(e));
                } else {
                    batch.forEach(pending -> carryOut(List.of(pending)));
                }
            }
        }
    }
}
