package io.countersign.server.platform;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What goes wrong in the background, where nobody waits for an answer: the log is told at once, and of the same again
 * after ten minutes at the earliest, with how often it came meanwhile. Thread-safe; telling never fails.
 */
public final class Complaints {
    static final long PAUSE = TimeUnit.MINUTES.toNanos(10);
    private static final int MOST_KINDS = 200;

    private final System.Logger log;
    private final LongSupplier nanos;
    private final Map<String, Told> told = new LinkedHashMap<>();

    /** The same is what failed in the same way at the same place. */
    private record Told(long at, long since) {}

    public Complaints(System.Logger log) {
        this(log, System::nanoTime);
    }

    Complaints(System.Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** Tells what failed; {@code what} names no single item, or each of them would be told. */
    public void tell(String what, Throwable cause) {
        tell(what, "", cause);
    }

    /** @param which the one of them that failed now */
    public void tell(String what, String which, Throwable cause) {
        try {
            String place = place(cause);
            long untold = untold(what + '\n' + cause.getClass().getName() + place);
            if (untold >= 0) {
                log.log(Level.WARNING, what + (which.isEmpty() ? "" : " (" + which + ")") + ": " + said(cause) + place
                        + (untold == 0 ? "" : "; and " + untold + " times since this was told last"),
                        log.isLoggable(Level.DEBUG) ? cause : null);
            }
        } catch (RuntimeException | Error e) {
            // There is no memory left even for this, and whoever complains must go on.
        }
    }

    /** Does something for each; what fails is told, and holds up none of the others. */
    public <T> void each(Collection<T> items, Function<T, String> what, Consumer<T> work) {
        for (T item : items) {
            try {
                work.accept(item);
            } catch (RuntimeException | Error e) {
                tell(what.apply(item), e);
            }
        }
    }

    /** How often it came and was not told; negative when it is not to be told now. */
    private synchronized long untold(String kind) {
        long now = nanos.getAsLong();
        Told last = told.remove(kind);
        boolean due = last == null || now - last.at() >= PAUSE;
        long untold = last == null ? 0 : last.since();
        told.put(kind, due ? new Told(now, 0) : new Told(last.at(), untold + 1));
        if (told.size() > MOST_KINDS) {
            told.remove(told.keySet().iterator().next());
        }
        return due ? untold : -1;
    }

    /** An error says little by its message. */
    private static String said(Throwable cause) {
        return cause instanceof Error || cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String place(Throwable cause) {
        StackTraceElement[] frames = cause instanceof Error ? cause.getStackTrace() : new StackTraceElement[0];
        return frames.length == 0 ? "" : " at " + frames[0];
    }
}
