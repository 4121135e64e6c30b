package io.countersign.server.platform;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Something that is looked after again and again; what fails is logged, and tried again next time. */
public final class Periodic implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Periodic.class.getName());

    private final String name;
    private final Duration pause;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean closed;
    private final Complaints complaints = new Complaints(LOG);

    /**
     * @param name  of the thread, and what the log calls it
     * @param pause before each time
     */
    public Periodic(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    /**
     * For work that falls due by this clock: it is also looked at as soon as a test has moved the clock, whose tests
     * would else wait for the pause to pass in real time.
     */
    public Periodic start(InstantSource clock, Runnable work) {
        if (clock instanceof SettableClock settable) {
            settable.whenMoved(bell::release);
        }
        return start(work);
    }

    public Periodic start(Runnable work) {
        Loop.of(name, () -> !closed, () -> {
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
        } while (taken == most && !closed);
    }

    private boolean closedSoon() {
        try {
            if (bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                bell.drainPermits();
            }
            return closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed = true;
        bell.release();
    }
}
