package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.Outcomes.Outcome;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What came of messages, written as it comes, for all of a moment together. What was handed over must not be handed
 * over again: while a result cannot be written its message stays under way. One that cannot be written with the others
 * is tried alone from then on, and holds up none of them.
 */
final class Results {
    private static final long LOOK_MILLIS = 500;
    /** What comes within this time is written together; so long a mail may be out and not yet written down. */
    private static final long GATHER_MILLIS = 25;
    private static final int MOST_AT_ONCE = 500;
    /** So often it is tried to write results together with what they tell about contacts. */
    private static final int TELLING = 3;

    private final HandOvers handOvers;
    private final Database database;
    private final Outcomes outcomes;
    private final UnderWay underWay;
    private final BlockingQueue<Outcome> done = new LinkedBlockingQueue<>();
    /** Taken out of the queue and not over: a round that fails is followed by one that goes on with these. */
    private final List<Outcome> unwritten = new ArrayList<>();
    /** Those that could not be written, not even alone. */
    private final List<Outcome> apart = new ArrayList<>();
    private long triedApart;
    /** The last failure was the database's: none of the results is to blame, and all stay together. */
    private boolean away;

    Results(HandOvers handOvers, Database database, Outcomes outcomes, UnderWay underWay) {
        this.handOvers = handOvers;
        this.database = database;
        this.outcomes = outcomes;
        this.underWay = underWay;
    }

    void add(Outcome outcome) {
        done.add(outcome);
    }

    /** Asked by the thread that writes. */
    boolean isEmpty() {
        return done.isEmpty() && unwritten.isEmpty() && apart.isEmpty();
    }

    /** Writes what there is of a moment, and waits for it a little. */
    void write() {
        tryApart();
        if (unwritten.isEmpty()) {
            gather();
        }
        Map<ProjectId, List<Outcome>> byProject = unwritten.stream().collect(Collectors.groupingBy(Outcome::project));
        byProject.forEach((project, batch) -> {
            boolean over = isOver(project, batch, TELLING);
            if (!over && away) {
                handOvers.await(LOOK_MILLIS);
                return;
            }
            for (Outcome outcome : over ? List.<Outcome>of() : batch) {
                if (batch.size() == 1 || !isOver(project, List.of(outcome), 1)) {
                    apart.add(outcome);
                }
            }
            unwritten.removeIf(outcome -> outcome.project().equals(project));
        });
    }

    private void gather() {
        try {
            Outcome first = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                unwritten.add(first);
                if (underWay.size() > 1) {
                    handOvers.await(GATHER_MILLIS);
                }
                done.drainTo(unwritten, MOST_AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryApart() {
        long now = System.nanoTime();
        if (!apart.isEmpty() && (handOvers.isClosing()
                || now - triedApart > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS))) {
            triedApart = now;
            apart.removeIf(outcome -> isOver(outcome.project(), List.of(outcome), 1));
        }
    }

    /**
     * Writes them, and they are under way no more; at the end of the node also when they cannot be written.
     *
     * @param telling how often it is tried together with what they tell; then once without
     */
    private boolean isOver(ProjectId project, List<Outcome> batch, int telling) {
        List<UUID> messages = batch.stream().map(outcome -> outcome.result().message()).toList();
        List<UUID> ending = underWay.endingWith(messages);
        boolean over = isWritten(project, batch, ending, telling) || handOvers.isClosing();
        if (over) {
            end(project, messages, ending);
        }
        return over;
    }

    private boolean isWritten(ProjectId project, List<Outcome> batch, List<UUID> ending, int telling) {
        for (int tries = 0; tries <= telling; tries++) {
            try {
                if (tries < telling) {
                    outcomes.write(project, batch, ending);
                } else {
                    outcomes.writeUntold(project, batch, ending);
                }
                return true;
            } catch (RuntimeException | Error e) {
                handOvers.complain("results of messages cannot be written yet", e);
                away = DatabaseException.isAway(e);
                if (handOvers.isClosing() || away) {
                    return false;
                }
                if (batch.size() > 1) {
                    handOvers.await(LOOK_MILLIS);
                }
            }
        }
        return false;
    }

    /**
     * These are under way no more.
     *
     * @param ended takes that were ended with them; of others the last may have been given back meanwhile
     */
    void end(ProjectId project, List<UUID> messages, List<UUID> ended) {
        List<UUID> over = messages.stream().flatMap(message -> underWay.end(message).stream()).toList();
        try {
            if (!ended.containsAll(over)) {
                database.transaction(tx -> {
                    TakeStore.end(tx, project, over);
                    return null;
                });
            }
        } catch (RuntimeException | Error e) {
            handOvers.complain("a take that is over cannot be ended", e); // its lease ends by itself
        }
        underWay.over(over);
    }
}
