package io.countersign.server.platform;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Work that goes on as long as the server: round after round, on a thread of its own. Whatever comes out of a round, an
 * error of the machine included, ends that round only: it is told, and the next begins after a moment that grows while
 * they fail. What a round has in hand when it fails is its own business. Ends when interrupted.
 */
public final class Loop {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final String name;
    private final BooleanSupplier goesOn;
    private final Runnable round;
    private final Complaints complaints = new Complaints(LOG);

    private Loop(String name, BooleanSupplier goesOn, Runnable round) {
        this.name = name;
        this.goesOn = goesOn;
        this.round = round;
    }

    /**
     * A thread that is not started yet.
     *
     * @param name   of the thread, and what the log calls it
     * @param goesOn asked before each round
     */
    public static Thread of(String name, BooleanSupplier goesOn, Runnable round) {
        var loop = new Loop(name, goesOn, round);
        return Thread.ofVirtual().name(name).unstarted(loop::run);
    }

    private void run() {
        long pause = FIRST_PAUSE;
        while (goesOn.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            try {
                round.run();
                pause = FIRST_PAUSE;
            } catch (RuntimeException | Error e) {
                complaints.tell(name + " failed, and is tried again", e);
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE, 2 * pause);
            }
        }
    }
}
