package io.countersign.acceptance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what must become true, and says what did not. */
final class Await {
    /** Long enough for a loaded machine; what takes this long has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Await() {}

    static void until(String what, Callable<Boolean> condition) {
        until(what, PATIENCE, condition);
    }

    /** Asks again and again, with a short pause between. */
    static void until(String what, Duration atMost, Callable<Boolean> condition) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + atMost + ": " + what);
                }
                if (NEVER.await(20, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("this latch is never counted down");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + what, e);
        } catch (Exception e) {
            throw new AssertionError("failed while waiting: " + what, e);
        }
    }
}
