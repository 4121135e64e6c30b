package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.CallQueue.Waiting;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnSelectionTest {
    private static Waiting call(int number, boolean due, String... keys) {
        return new Waiting(new UUID(0, number), number, due, List.of(keys), 10);
    }

    private static List<Long> chosen(TurnSelection selection) {
        return selection.chosen().stream().map(UUID::getLeastSignificantBits).toList();
    }

    @Test
    void whatWaitsHoldsUpItsFollowersAndTheirs() {
        var selection = new TurnSelection(10, 1000);
        selection.look(List.of(call(1, false, "a"), call(2, true, "b"), call(3, true, "a", "c"), call(4, true, "c"),
                call(5, true), call(6, true, "b", "d")));
        selection.look(List.of(call(7, true, "c"), call(8, true, "d")));
        assertThat(chosen(selection)).containsExactly(2L, 5L, 6L, 8L);
    }

    @Test
    void isFullByNumberAndByWeight() {
        var byNumber = new TurnSelection(2, 1000);
        byNumber.look(List.of(call(1, true), call(2, true), call(3, true)));
        assertThat(chosen(byNumber)).containsExactly(1L, 2L);
        var byWeight = new TurnSelection(10, 15);
        byWeight.look(List.of(call(1, true), call(2, true), call(3, true)));
        assertThat(chosen(byWeight)).containsExactly(1L, 2L);
        assertThat(byWeight.isFull()).isTrue();
    }
}
