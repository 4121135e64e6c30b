package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairGateTest {

    @Test
    void whoComesFirstGoesFirst() throws Exception {
        FairGate gate = new FairGate(1, 100, Duration.ofSeconds(20));
        Semaphore held = hold(gate);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            threads.add(enter(gate, () -> order.add(number)));
            Await.until(() -> gate.queued() == number + 1);
        }
        held.release();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).hasSize(50).isSorted();
    }

    /** Whoever leaves and comes again at once finds the gate free and those who waited not yet awake. */
    @Test
    void aLateComerDoesNotPushPastThoseWhoWait() throws Exception {
        FairGate gate = new FairGate(1, 100, Duration.ofSeconds(20));
        Semaphore end = new Semaphore(0);
        List<Integer> order = new CopyOnWriteArrayList<>();
        Thread lateComer = Thread.ofPlatform().start(() -> {
            through(gate, end::acquireUninterruptibly);
            through(gate, () -> order.add(-1));
        });
        Await.until(() -> gate.free() == 0);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            waiting.add(enter(gate, () -> order.add(number)));
            Await.until(() -> gate.queued() == number + 1);
        }
        end.release();
        lateComer.join();
        assertThat(order).hasSize(21).endsWith(-1);
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void noMoreAreInsideThanMayBe() throws Exception {
        FairGate gate = new FairGate(2, 1000, Duration.ofSeconds(20));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 50; round++) {
                    through(gate, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(gate.free()).isEqualTo(2);
    }

    @Test
    void aFullQueueIsBusyAtOnce() throws Exception {
        FairGate gate = new FairGate(1, 1, Duration.ofSeconds(20));
        Semaphore held = hold(gate);
        Thread waiting = enter(gate, () -> { });
        Await.until(() -> gate.waiting() == 1);
        assertBusy(gate);
        held.release();
        waiting.join();
        assertThat(gate.through(() -> "in")).isEqualTo("in");
    }

    @Test
    void waitingIsBounded() throws Exception {
        FairGate gate = new FairGate(1, 10, Duration.ofMillis(100));
        Semaphore held = hold(gate);
        long start = System.nanoTime();
        assertBusy(gate);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(90), Duration.ofSeconds(5));
        assertThat(gate.waiting()).isZero();
        held.release();
        Await.until(() -> gate.free() == 1);
    }

    @Test
    void aFailureInsideLeavesTheGateOpen() {
        FairGate gate = new FairGate(1, 1, Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> gate.through(() -> {
                throw new IllegalStateException("inside");
            })).hasMessage("inside");
        }
        assertThat(gate.free()).isOne();
    }

    private static Semaphore hold(FairGate gate) {
        Semaphore end = new Semaphore(0);
        enter(gate, end::acquireUninterruptibly);
        Await.until(() -> gate.free() == 0);
        return end;
    }

    private static Thread enter(FairGate gate, Runnable work) {
        return Thread.startVirtualThread(() -> through(gate, work));
    }

    private static void through(FairGate gate, Runnable work) {
        try {
            gate.through(() -> {
                work.run();
                return null;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertBusy(FairGate gate) {
        assertThatThrownBy(() -> gate.through(() -> 1)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.BUSY);
            assertThat(e.headers()).containsKey("Retry-After");
        });
    }
}
