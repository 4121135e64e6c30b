package io.countersign.server.platform;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Something that is looked after again and again; what fails is logged, and tried again next time. */
public final class Periodic implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Periodic.class.getName());

    private final String name;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param name  of the thread, and what the log calls it
     * @param pause before each time
     */
    public Periodic(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    public Periodic start(Runnable work) {
        Thread.ofVirtual().name(name).start(() -> repeat(work));
        return this;
    }

    private void repeat(Runnable work) {
        while (!closedSoon()) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, name + " failed, and is tried again: " + e.getMessage());
            }
        }
    }

    /**
     * Takes things away in small transactions until there is less than a full one, or the end has come.
     *
     * @param most how many {@code take} takes at most
     */
    public void drain(int most, IntSupplier take) {
        int taken;
        do {
            taken = take.getAsInt();
        } while (taken == most && closed.getCount() > 0);
    }

    private boolean closedSoon() {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
