package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.project.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which project has a turn when. */
final class ProjectTurnsTest {
    private final List<Integer> begun = new CopyOnWriteArrayList<>();

    @Test
    void aProjectHasOneTurnAtATimeAndTheOthersGoOn() {
        var turns = new ProjectTurns("test", 2);
        var end = new CountDownLatch(1);
        turns.begin(Map.of(new ProjectId(1), () -> {
            begun.add(1);
            await(end);
        }));
        var done = new CountDownLatch(1);
        turns.begin(Map.of(new ProjectId(1), () -> begun.add(-1), new ProjectId(2), done::countDown));
        await(done);
        end.countDown();
        turns.await();
        assertThat(begun).containsExactly(1);
    }

    @Test
    void whoHasWaitedLongestComesFirstAndNoMoreAtOnceThanAllowed() {
        var turns = new ProjectTurns("test", 2);
        Map<ProjectId, Runnable> work = IntStream.rangeClosed(1, 5).boxed().collect(Collectors.toMap(
                ProjectId::new, (Function<Integer, Runnable>) id -> () -> begun.add(id)));
        for (int i = 0; i < 5; i++) {
            turns.begin(work);
            turns.await();
            assertThat(begun).hasSize(2 * (i + 1));
        }
        assertThat(begun).as("each twice in five rounds of two").containsOnly(1, 2, 3, 4, 5);
        for (int id = 1; id <= 5; id++) {
            int project = id;
            assertThat(begun.stream().filter(one -> one == project)).hasSize(2);
        }
    }

    @Test
    void oneThatFailsMayTryAgain() {
        var turns = new ProjectTurns("test", 1);
        turns.begin(Map.of(new ProjectId(1), () -> {
            begun.add(1);
            throw new IllegalStateException("no");
        }));
        turns.await();
        turns.begin(Map.of(new ProjectId(1), () -> begun.add(2)));
        turns.await();
        assertThat(begun).containsExactly(1, 2);
    }

    @Test
    void anErrorOfTheMachineEndsItsTurnAndNothingElse() {
        var turns = new ProjectTurns("test", 1);
        turns.begin(Map.of(new ProjectId(1), () -> {
            throw new StackOverflowError();
        }));
        turns.await();
        turns.begin(Map.of(new ProjectId(1), () -> begun.add(2)));
        turns.await();
        assertThat(begun).containsExactly(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
