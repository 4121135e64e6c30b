package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.MessageQueue.PutBack;
import io.countersign.server.message.Outcomes.Outcome;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.message.Prepared.Skipped;
import io.countersign.server.platform.database.Database;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Messages under way, in bulk or not: their leases are kept while they are, and what came of them is written as it
 * comes, for all of a moment together.
 */
final class HandOvers {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final long LOOK_MILLIS = 500;
    /** What comes within this time is written together; so long a mail may be out and not yet written down. */
    private static final long GATHER_MILLIS = 25;
    private static final int MOST_AT_ONCE = 500;
    /** So often it is tried to write results together with what they tell about contacts. */
    private static final int TELLING = 3;
    private static final int GIVING_BACK = 5;
    private static final long RENEW_MILLIS = MessageQueue.LEASE.toMillis() / 3;

    private final Database database;
    private final InstantSource clock;
    private final Outcomes outcomes;
    private final Paces paces;
    private final Providers providers;
    private final UnderWay underWay = new UnderWay();
    private final BlockingQueue<Outcome> done = new LinkedBlockingQueue<>();
    private final Semaphore end = new Semaphore(0);
    private volatile boolean closing;
    private volatile boolean complete;

    HandOvers(Database database, InstantSource clock, Outcomes outcomes, Paces paces, Providers providers) {
        this.database = database;
        this.clock = clock;
        this.outcomes = outcomes;
        this.paces = paces;
        this.providers = providers;
    }

    /** What was taken is kept alive from now on; answers what is to be handed over, the rest is done already. */
    List<Ready> begin(List<Prepared> taken) {
        var ready = new ArrayList<Ready>();
        for (Prepared prepared : taken) {
            underWay.begin(prepared.taken());
            switch (prepared) {
                case Skipped(Taken message, String reason) -> done.add(outcomes.skipped(message, reason));
                case Ready one -> ready.add(one);
            }
        }
        return ready;
    }

    /** Hands one over, and has written what came of it. */
    void handOver(Ready ready) {
        end(ready.taken(), () -> providers.handOver(ready.making().get()));
    }

    /** Has written what came of one. Never throws: what does while the result is got is a fault of ours. */
    void end(Taken taken, Supplier<HandOver> result) {
        Outcome outcome;
        try {
            HandOver known = result.get();
            paces.learn(taken, known, clock.instant());
            outcome = outcomes.of(taken, known);
        } catch (RuntimeException e) {
            complain("message " + taken.id() + " cannot be made", e);
            outcome = outcomes.fault(taken);
        }
        done.add(outcome);
    }

    /** Gives back what was taken and not begun: another node, or the next run, takes it at once. */
    void giveBack(Collection<Ready> unbegun) {
        unbegun.stream().map(Ready::taken).collect(Collectors.groupingBy(Taken::project)).forEach(this::giveBack);
    }

    private void giveBack(ProjectId project, List<Taken> messages) {
        for (int tries = 1; !isGivenBack(project, messages) && tries < GIVING_BACK; tries++) {
            await(1);
        }
        end(project, messages.stream().map(Taken::id).toList(), List.of());
    }

    /** What is in the way, such as a renewal of the same leases, is over soon; else the leases end by themselves. */
    private boolean isGivenBack(ProjectId project, List<Taken> messages) {
        List<Taken> inBulk = messages.stream().filter(taken -> taken.take().isPresent()).toList();
        List<PutBack> others = messages.stream().filter(taken -> taken.take().isEmpty())
                .map(taken -> new PutBack(taken.id(), clock.instant())).toList();
        try {
            database.transaction(tx -> {
                MessageQueue.putBack(tx, project, others);
                TakeStore.giveBack(tx, project, inBulk.stream().flatMap(taken -> taken.take().stream())
                        .collect(Collectors.toSet()), inBulk.stream().map(Taken::id).toList());
                return null;
            });
            return true;
        } catch (RuntimeException e) {
            complain("messages cannot be given back", e);
            return false;
        }
    }

    int underWay() {
        return underWay.size();
    }

    /** Writes what is done until everything is, and {@link #beginNoMore} was called. */
    void finish() {
        while (!complete || !underWay.isEmpty() || !done.isEmpty()) {
            next().stream().collect(Collectors.groupingBy(Outcome::project)).forEach((project, batch) -> {
                List<UUID> messages = batch.stream().map(outcome -> outcome.result().message()).toList();
                List<UUID> ending = underWay.endingWith(messages);
                write(project, batch, ending);
                end(project, messages, ending);
            });
        }
    }

    private List<Outcome> next() {
        var batch = new ArrayList<Outcome>();
        try {
            Outcome first = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null && underWay.size() > 1) {
                await(GATHER_MILLIS);
            }
            if (first != null) {
                batch.add(first);
                done.drainTo(batch, MOST_AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    /**
     * These are under way no more.
     *
     * @param ended takes that were ended with them; of others the last may have been given back meanwhile
     */
    private void end(ProjectId project, List<UUID> messages, List<UUID> ended) {
        List<UUID> over = messages.stream().flatMap(message -> underWay.end(message).stream()).toList();
        try {
            if (!ended.containsAll(over)) {
                database.transaction(tx -> {
                    TakeStore.end(tx, project, over);
                    return null;
                });
            }
        } catch (RuntimeException e) {
            complain("a take that is over cannot be ended", e); // its lease ends by itself
        }
        underWay.over(over);
    }

    /** Until it is written: what was handed over must not be handed over again. */
    private void write(ProjectId project, List<Outcome> batch, List<UUID> ending) {
        for (int tries = 1; ; tries++) {
            try {
                if (tries <= TELLING) {
                    outcomes.write(project, batch, ending);
                } else {
                    outcomes.writeUntold(project, batch, ending);
                }
                return;
            } catch (RuntimeException e) {
                complain("results of " + batch.size() + " messages cannot be written yet", e);
                if (closing) {
                    return;
                }
                await(LOOK_MILLIS);
            }
        }
    }

    /** Keeps the leases until {@link #close} was called. */
    void renew() {
        for (await(RENEW_MILLIS); !closing; await(RENEW_MILLIS)) {
            underWay.leases().forEach((project, leases) -> {
                try {
                    database.transaction(tx -> {
                        MessageQueue.renew(tx, project, leases.messages(), clock.instant());
                        TakeStore.renew(tx, project, leases.takes(), clock.instant());
                        return null;
                    });
                } catch (RuntimeException e) {
                    complain("leases cannot be renewed", e);
                }
            });
        }
    }

    /** Waits, but no longer than until the end. */
    void await(long millis) {
        try {
            if (!closing && end.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                end.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosing() {
        return closing;
    }

    void complain(String what, RuntimeException e) {
        if (!closing) {
            LOG.log(Level.WARNING, what + ": " + e.getMessage(), LOG.isLoggable(Level.DEBUG) ? e : null);
        }
    }

    /** After {@link #close}, when those who take have ended: what they took last may have been handed over as well. */
    void beginNoMore() {
        complete = true;
    }

    void close() {
        closing = true;
        end.release();
    }
}
