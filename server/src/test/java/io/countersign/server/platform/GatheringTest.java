package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch go = new CountDownLatch(1);
    private final Gathering<String, Integer, Integer> doubling = new Gathering<>(
            new Gathering.Bounds(1, 10, 100, 200), number -> Math.max(1, number),
            IllegalArgumentException.class::isInstance, this::work);

    private List<Integer> work(String key, List<Integer> batch) {
        await();
        sizes.add(batch.size());
        if (batch.contains(13)) {
            throw new IllegalStateException("thirteen");
        }
        if (batch.contains(14)) {
            throw new IllegalArgumentException("nobody is there");
        }
        if (batch.contains(15)) {
            throw new StackOverflowError();
        }
        return batch.stream().map(number -> number * 2).toList();
    }

    private void await() {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatComesMeanwhileGoesTogether() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 9; i++) {
                int number = i;
                results.add(threads.submit(() -> doubling.submit("a", number)));
            }
            LockSupport.parkNanos(200_000_000);
            go.countDown();
            for (int i = 0; i < 9; i++) {
                assertThat(results.get(i).get()).isEqualTo(i * 2);
            }
        }
        assertThat(sizes).hasSizeLessThan(9);
    }

    @Test
    void onlyWhatFailsFails() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> doubling.submit("a", 1));
            LockSupport.parkNanos(50_000_000);
            var good = threads.submit(() -> doubling.submit("a", 2));
            var bad = threads.submit(() -> assertThatThrownBy(() -> doubling.submit("a", 13))
                    .isInstanceOf(IllegalStateException.class));
            LockSupport.parkNanos(50_000_000);
            go.countDown();
            assertThat(first.get()).isEqualTo(2);
            assertThat(good.get()).isEqualTo(4);
            bad.get();
        }
    }

    /** A database that is away is not waited for by each of them, one after the other. */
    @Test
    void whatWouldBefallEach_isNotTriedForEach() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> doubling.submit("a", 1));
            LockSupport.parkNanos(50_000_000);
            var others = new ArrayList<Future<?>>();
            for (int number : List.of(2, 14, 3)) {
                others.add(threads.submit(() -> assertThatThrownBy(() -> doubling.submit("a", number))
                        .isInstanceOf(IllegalArgumentException.class)));
            }
            LockSupport.parkNanos(50_000_000);
            go.countDown();
            assertThat(first.get()).isEqualTo(2);
            for (var other : others) {
                other.get();
            }
        }
        assertThat(sizes).containsExactly(1, 3);
    }

    @Test
    void aLineThatNobodyWaitsInIsForgotten() {
        go.countDown();
        for (int number = 0; number < 1_000; number++) {
            doubling.submit("line " + number % 100, number % 10);
        }
        assertThatThrownBy(() -> doubling.submit("bad", 13)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> doubling.submit("heavy", 201)).isInstanceOf(Gathering.Crowded.class);
        assertThat(doubling.lines()).isZero();
    }

    @Test
    void anErrorOfTheMachineIsToldAsWhatItIsAndTheLineGoesOn() {
        go.countDown();
        assertThatThrownBy(() -> doubling.submit("a", 15)).isInstanceOf(StackOverflowError.class);
        assertThat(doubling.submit("a", 2)).isEqualTo(4);
    }

    @Test
    void tooHeavyALineIsRefusedAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> doubling.submit("a", 1));
            LockSupport.parkNanos(50_000_000);
            var second = threads.submit(() -> doubling.submit("a", 150));
            LockSupport.parkNanos(50_000_000);
            assertThatThrownBy(() -> doubling.submit("a", 60)).isInstanceOf(Gathering.Crowded.class);
            go.countDown();
            assertThat(first.get()).isEqualTo(2);
            assertThat(second.get()).isEqualTo(300);
            assertThat(doubling.submit("a", 60)).isEqualTo(120);
        }
    }
}
