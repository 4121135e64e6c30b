package io.countersign.server.platform.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A place where a handler stops until the test lets it go on. */
final class Halt {

    private final Semaphore entered = new Semaphore(0);
    private final Semaphore left = new Semaphore(0);

    void enter() throws InterruptedException {
        entered.release();
        left.acquire();
    }

    void awaitEntered() throws InterruptedException {
        if (!entered.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody came");
        }
    }

    void leave() {
        left.release();
    }
}
