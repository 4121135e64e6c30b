package io.countersign.server.customer;

import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerRules;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.Policy;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.consent.ConsentSeal;
import io.countersign.server.contact.ContactIds;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The one door: whatever changes a customer goes through {@link #apply}. State, history, consent, events and queued
 * mails of a batch are written in one transaction, or nothing is.
 */
public final class Customers {
    /** Each time another transaction was faster, so that a crowd at one address gets through, one after the other. */
    private static final int TRIES = 24;
    private static final long PAUSE_NANOS = 3_000_000;

    private final Database database;
    private final ConsentSeal seal;
    private final Ids ids;
    private final ContactIds contactIds;
    private final InstantSource clock;
    private final Function<ProjectId, Policy> policies;
    private volatile Runnable sender = () -> {};

    /** @param policies what a project has decided, now */
    public Customers(Database database, Secrets secrets, Ids ids, InstantSource clock,
                     Function<ProjectId, Policy> policies) {
        this.database = database;
        this.seal = new ConsentSeal(secrets);
        this.ids = ids;
        this.contactIds = new ContactIds(database);
        this.clock = clock;
        this.policies = policies;
    }

    /** @param wake called after each transaction that queued messages; it must not wait for anything */
    public void whenMessagesAreQueued(Runnable wake) {
        sender = wake;
    }

    /** Ids for what one command may create. */
    public CustomerCommand.Fresh fresh() {
        return new CustomerCommand.Fresh(ids.next(), ids.next(), ids.next());
    }

    /**
     * Carries out commands of one project in their order, in one transaction. What another transaction was in the way
     * of is begun again; when it has returned, everything is durable.
     *
     * @return what each command came to, in the same order
     * @throws DatabaseException when nothing was done
     */
    public List<Decision> apply(ProjectId project, List<Submission> batch) {
        return within(project, batch.size(), (_, door) -> door.apply(batch));
    }

    /**
     * Forgets ids of transactions that were carried out before {@code until}, at most so many: from then on they are as
     * new. Answers how many.
     */
    public int forgetTransactions(ProjectId project, Instant until, int most) {
        return database.with(tx -> TransactionStore.forget(tx, project.value(), until, most));
    }

    /** Work of a feature's own around changes of customers, in one transaction; it may be begun several times. */
    @FunctionalInterface
    public interface Within<T> {
        T run(Tx tx, Applier door) throws SQLException;
    }

    /** The door inside of a transaction. */
    @FunctionalInterface
    public interface Applier {
        List<Decision> apply(List<Submission> batch) throws SQLException;
    }

    /**
     * Runs {@code work} in one transaction, in which it may apply commands of one project: for queues whose rows must
     * commit together with the changes.
     *
     * @param most commands that it will apply at most
     */
    public <T> T within(ProjectId project, int most, Within<T> work) {
        Policy policy = policies.apply(project);
        for (int tries = 1; ; tries++) {
            try {
                return round(project, most, policy, work);
            } catch (Loading.Outdated e) {
                giveUp(tries, e);
            } catch (DatabaseException e) {
                if (!e.isConflict()) {
                    throw e;
                }
                giveUp(tries, e);
            }
            LockSupport.parkNanos(PAUSE_NANOS * tries);
        }
    }

    private static void giveUp(int tries, RuntimeException cause) {
        if (tries == TRIES) {
            throw cause;
        }
    }

    private <T> T round(ProjectId project, int most, Policy policy, Within<T> work) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as exact as the database keeps it
        contactIds.reserve(3 * most);
        var queued = new AtomicBoolean();
        T result = database.transaction(tx -> work.run(tx, batch -> {
            var writing = new Writing(project.value(), seal, ids, now);
            List<Decision> decisions = round(tx, project.value(), batch, policy, writing);
            queued.set(queued.get() || writing.queuesMessages());
            return decisions;
        }));
        if (queued.get()) {
            sender.run();
        }
        return result;
    }

    private List<Decision> round(Tx tx, int project, List<Submission> batch, Policy policy, Writing writing)
            throws SQLException {
        Instant now = writing.at();
        Set<UUID> processed = TransactionStore.processed(tx, project,
                batch.stream().flatMap(submission -> submission.once().stream()).toList());
        var loaded = Loading.load(tx, project, batch.stream().map(Submission::command).toList(), now);
        var decisions = new ArrayList<Decision>(batch.size());
        var done = new HashSet<UUID>(processed);
        for (Submission submission : batch) {
            Decision decision = submission.once().filter(done::contains).isPresent() ? Decision.ALREADY_PROCESSED
                    : CustomerRules.decide(loaded.around, submission.command(), policy, now);
            if (!decision.isRefused()) {
                submission.once().ifPresent(done::add);
            }
            writing.add(submission, decision);
            decisions.add(decision);
        }
        writing.write(tx, loaded, contactIds);
        done.removeAll(processed);
        TransactionStore.write(tx, project, done, now);
        return decisions;
    }
}
