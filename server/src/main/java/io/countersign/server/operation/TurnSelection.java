package io.countersign.server.operation;

import io.countersign.server.operation.CallQueue.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Chooses from a queue, looked at in its order, the calls whose turn it is: those that are due and share no key with an
 * earlier one that must wait. What is passed over holds up its own followers in turn.
 */
final class TurnSelection {
    private final int most;
    private final long heaviest;
    private final Set<String> held = new HashSet<>();
    private final List<UUID> chosen = new ArrayList<>();
    private long weight;

    /** @param heaviest how much all may weigh together; a single one may weigh more */
    TurnSelection(int most, long heaviest) {
        this.most = most;
        this.heaviest = heaviest;
    }

    void look(List<Waiting> window) {
        for (Waiting call : window) {
            if (isFull()) {
                return;
            }
            if (!call.due() || !Collections.disjoint(held, call.keys())) {
                held.addAll(call.keys());
            } else {
                chosen.add(call.id());
                weight += call.size();
            }
        }
    }

    boolean isFull() {
        return chosen.size() >= most || weight >= heaviest;
    }

    List<UUID> chosen() {
        return List.copyOf(chosen);
    }
}
