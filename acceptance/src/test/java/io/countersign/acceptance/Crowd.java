package io.countersign.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at the same moment. */
final class Crowd {
    private Crowd() {}

    /** Runs the work in so many threads that start together, and hands back what each came to. */
    static <T> List<T> of(int size, Callable<T> work) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(size);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var under = new ArrayList<Future<T>>();
            for (int i = 0; i < size; i++) {
                under.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return work.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var future : under) {
                results.add(future.get());
            }
            return results;
        }
    }
}
