package io.countersign.server.platform.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Await {

    private Await() {
    }

    static void until(BooleanSupplier condition) {
        until(Duration.ofSeconds(20), condition);
    }

    static void until(Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within " + most);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
