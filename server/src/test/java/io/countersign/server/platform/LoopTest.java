package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What works in the background outlives whatever comes out of one round. */
@Timeout(20)
final class LoopTest {
    private final AtomicInteger rounds = new AtomicInteger();

    private void fail() {
        switch (rounds.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("no");
            case 2 -> throw new StackOverflowError();
            case 3 -> throw new OutOfMemoryError("no");
            case 4 -> throw new NoClassDefFoundError("no");
            default -> throw new AssertionError();
        }
    }

    @Test
    void aRoundThatFailsInWhateverWayIsFollowedByTheNext() throws InterruptedException {
        Thread loop = Loop.of("test", () -> rounds.get() < 6, this::fail);
        loop.start();
        loop.join();
        assertThat(rounds).hasValue(6);
    }

    @Test
    void roundsThatFailDoNotTakeAllTheTimeThereIs() throws InterruptedException {
        long begin = System.nanoTime();
        Thread loop = Loop.of("test", () -> System.nanoTime() - begin < Duration.ofMillis(400).toNanos(), this::fail);
        loop.start();
        loop.join();
        assertThat(rounds.get()).isBetween(2, 10);
    }

    @Test
    void whoIsInterruptedEnds() throws InterruptedException {
        Thread loop = Loop.of("test", () -> true, () -> {
            rounds.incrementAndGet();
            Thread.currentThread().interrupt();
        });
        loop.start();
        loop.join();
        assertThat(rounds).hasValue(1);
    }

    @Test
    void whatIsLookedAfterAgainAndAgainIsSoAfterAnErrorOfTheMachine() throws InterruptedException {
        var done = new CountDownLatch(1);
        try (var periodic = new Periodic("test", Duration.ofMillis(1))) {
            periodic.start(() -> {
                if (rounds.get() == 5) {
                    done.countDown();
                }
                fail();
            });
            done.await();
        }
    }

    @Test
    void ofManyOneThatFailsHoldsUpNoOther() {
        var done = new CopyOnWriteArrayList<Integer>();
        new Periodic("test", Duration.ZERO).each(List.of(1, 2, 3), String::valueOf, one -> {
            if (one == 2) {
                throw new StackOverflowError();
            }
            done.add(one);
        });
        assertThat(done).containsExactly(1, 3);
    }
}
