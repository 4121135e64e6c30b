package io.countersign.server.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The real time plus what a test has added to it; without {@code --test-clock} nobody may add. */
public final class SettableClock implements InstantSource {
    private static final Duration FURTHEST = Duration.ofDays(36_500);

    private final InstantSource base;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    public SettableClock(InstantSource base) {
        this.base = base;
    }

    /** The machine's clock. */
    public static SettableClock system() {
        return new SettableClock(InstantSource.system());
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    /**
     * Moves the time forward for good; answers the new time.
     *
     * @throws IllegalArgumentException when {@code by} is negative, or all advances together exceed a century
     */
    public Instant advance(Duration by) {
        offset.updateAndGet(soFar -> sum(soFar, by));
        watchers.forEach(Runnable::run);
        return instant();
    }

    /** How far ahead of the real time an advance would bring it; nothing is moved. Refused like {@link #advance}. */
    public Duration aheadAfter(Duration by) {
        return sum(offset.get(), by);
    }

    /** How far it is ahead of the real time. */
    public Duration ahead() {
        return offset.get();
    }

    /** Has {@code watcher} run whenever the time was moved, by whoever moves it: it must return soon. */
    void whenMoved(Runnable watcher) {
        watchers.add(watcher);
    }

    private static Duration sum(Duration soFar, Duration by) {
        if (by.isNegative() || by.compareTo(FURTHEST.minus(soFar)) > 0) {
            throw new IllegalArgumentException("the clock advances by 0 to " + FURTHEST.toDays()
                    + " days in all");
        }
        return soFar.plus(by);
    }
}
