package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.MessageQueue.PutBack;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.message.Prepared.Skipped;
import io.countersign.server.platform.Complaints;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Messages under way, in bulk or not: their leases are kept while they are, and what came of them is written as it
 * comes, for all of a moment together.
 */
final class HandOvers {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int GIVING_BACK = 5;
    private static final Duration RENEW = MessageQueue.LEASE.dividedBy(3);

    private final Database database;
    private final InstantSource clock;
    private final Outcomes outcomes;
    private final Paces paces;
    private final Providers providers;
    private final UnderWay underWay = new UnderWay();
    private final Complaints complaints = new Complaints(LOG);
    private final Results results;
    private final Periodic renewing = new Periodic("message-lease", RENEW);
    private final Semaphore end = new Semaphore(0);
    private volatile boolean closing;
    private volatile boolean complete;

    HandOvers(Database database, InstantSource clock, Outcomes outcomes, Paces paces, Providers providers) {
        this.database = database;
        this.clock = clock;
        this.outcomes = outcomes;
        this.paces = paces;
        this.providers = providers;
        this.results = new Results(this, database, outcomes, underWay);
    }

    /**
     * What was taken is kept alive from now on, all of it before anything comes of one. What cannot even be sent on its
     * way has met a fault.
     */
    void begin(List<Prepared> taken, Consumer<Ready> send) {
        taken.forEach(prepared -> underWay.begin(prepared.taken()));
        for (Prepared prepared : taken) {
            try {
                switch (prepared) {
                    case Skipped(Taken message, String reason) -> results.add(outcomes.skipped(message, reason));
                    case Ready ready -> send.accept(ready);
                }
            } catch (RuntimeException | Error e) {
                fault(prepared.taken(), e);
            }
        }
    }

    /** Hands one over, and has written what came of it. */
    void handOver(Ready ready) {
        end(ready.taken(), () -> providers.handOver(ready.making().get()));
    }

    /** Has written what came of one. Never throws: whatever comes while the result is got is a fault of ours. */
    void end(Taken taken, Supplier<HandOver> result) {
        try {
            HandOver known = result.get();
            paces.learn(taken, known, clock.instant());
            results.add(outcomes.of(taken, known));
        } catch (RuntimeException | Error e) {
            fault(taken, e);
        }
    }

    /** It is tried again later, as the schedule says. Never throws. */
    void fault(Taken taken, Throwable fault) {
        if (!closing) {
            complaints.tell("messages cannot be made", "one is " + taken.id(), fault);
        }
        try {
            results.add(outcomes.fault(taken));
        } catch (RuntimeException | Error e) { // not even that: its lease ends by itself, and counts as a try
            underWay.end(taken.id()).ifPresent(take -> underWay.over(List.of(take)));
        }
    }

    /** Gives back what was taken and not begun: another node, or the next run, takes it at once. */
    void giveBack(Collection<Ready> unbegun) {
        unbegun.stream().map(Ready::taken).collect(Collectors.groupingBy(Taken::project)).forEach(this::giveBack);
    }

    private void giveBack(ProjectId project, List<Taken> messages) {
        for (int tries = 1; !isGivenBack(project, messages) && tries < GIVING_BACK; tries++) {
            await(1);
        }
        results.end(project, messages.stream().map(Taken::id).toList(), List.of());
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
        } catch (RuntimeException | Error e) {
            complain("messages cannot be given back", e);
            return false;
        }
    }

    int underWay() {
        return underWay.size();
    }

    /** Until everything is done, and {@link #beginNoMore} was called. */
    boolean isUnfinished() {
        return !complete || !underWay.isEmpty() || !results.isEmpty();
    }

    /** Writes what is done, as much as there is of a moment. */
    void finish() {
        results.write();
    }

    /** Keeps the leases until {@link #close} was called. */
    void keepLeases() {
        renewing.start(clock, () -> underWay.leases().forEach((project, leases) -> {
            try {
                database.transaction(tx -> {
                    MessageQueue.renew(tx, project, leases.messages(), clock.instant());
                    TakeStore.renew(tx, project, leases.takes(), clock.instant());
                    return null;
                });
            } catch (RuntimeException | Error e) {
                complain("leases cannot be renewed", e);
            }
        }));
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

    void complain(String what, Throwable e) {
        if (!closing) {
            complaints.tell(what, e);
        }
    }

    /** After {@link #close}, when those who take have ended: what they took last may have been handed over as well. */
    void beginNoMore() {
        complete = true;
    }

    void close() {
        closing = true;
        renewing.close();
        end.release();
    }
}
