package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What this node has taken and not finished: messages by themselves, and takes with how many of theirs are left. */
final class UnderWay {
    private final Map<UUID, Taken> messages = new HashMap<>();
    private final Map<UUID, Integer> takes = new HashMap<>();

    /** What is kept alive of one project. */
    record Leases(List<UUID> messages, List<UUID> takes) {}

    /** One whose lease ran out while this node stood still may be taken once more before it is finished. */
    synchronized void begin(Taken taken) {
        Optional.ofNullable(messages.put(taken.id(), taken)).flatMap(Taken::take)
                .ifPresent(take -> takes.computeIfPresent(take, (_, left) -> left == 1 ? null : left - 1));
        taken.take().ifPresent(take -> takes.merge(take, 1, Integer::sum));
    }

    synchronized int size() {
        return messages.size();
    }

    /** The takes of which nothing is left once these messages are finished. */
    synchronized List<UUID> endingWith(Collection<UUID> finished) {
        var ending = new HashMap<UUID, Integer>();
        finished.stream().map(messages::get).filter(Objects::nonNull).map(Taken::take).flatMap(Optional::stream)
                .forEach(take -> ending.merge(take, 1, Integer::sum));
        return ending.keySet().stream().filter(take -> ending.get(take).equals(takes.get(take))).toList();
    }

    /** Answers the take of which this was the last; it is under way until it is {@link #over}. */
    synchronized Optional<UUID> end(UUID message) {
        Taken taken = messages.remove(message);
        Optional<UUID> take = taken == null ? Optional.empty() : taken.take();
        return take.filter(of -> takes.merge(of, -1, Integer::sum) == 0);
    }

    synchronized void over(Collection<UUID> ended) {
        takes.keySet().removeAll(ended);
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty() && takes.isEmpty();
    }

    synchronized Map<ProjectId, Leases> leases() {
        var leases = new HashMap<ProjectId, Leases>();
        var seen = new HashMap<UUID, UUID>();
        for (Taken taken : messages.values()) {
            Leases of = leases.computeIfAbsent(taken.project(), _ -> new Leases(new ArrayList<>(), new ArrayList<>()));
            if (taken.take().isEmpty()) {
                of.messages().add(taken.id());
            } else if (seen.put(taken.take().get(), taken.id()) == null) {
                of.takes().add(taken.take().get());
            }
        }
        return leases;
    }
}
