package io.countersign.server.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Something that is looked after again and again; what fails is logged, and tried again next time. */
public final class Periodic implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Periodic.class.getName());

    private final String name;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Complaints complaints = new Complaints(LOG);

    /**
     * @param name  of the thread, and what the log calls it
     * @param pause before each time
     */
    public Periodic(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    public Periodic start(Runnable work) {
        Loop.of(name, () -> closed.getCount() > 0, () -> {
            if (!closedSoon()) {
                work.run();
            }
        }).start();
        return this;
    }

    /** Does something for each; what fails is logged, and holds up none of the others. */
    public <T> void each(Collection<T> items, Function<T, String> called, Consumer<T> work) {
        complaints.each(items, item -> name + " of " + called.apply(item) + " failed, and is tried again", work);
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
