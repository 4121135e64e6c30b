package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.message.MessageQueue.Try;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Hands queued messages over. Three loops on virtual threads: one takes what is due, one writes what came of the tries,
 * one keeps the leases. A message that fails or hangs holds up none of its neighbours.
 */
public final class Dispatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int AT_ONCE = 64;
    private static final long LOOK_MILLIS = 500;
    private static final long RENEW_MILLIS = MessageQueue.LEASE.toMillis() / 3;
    private static final int LONGEST_REPLY = 500;

    private final Database database;
    private final InstantSource clock;
    private final Tickets tickets;
    private final OptInMails mails;
    private final Providers providers;
    private final RetrySchedule retries;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore wake = new Semaphore(0);
    private final Map<UUID, ProjectId> underWay = new ConcurrentHashMap<>();
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    Dispatcher(Database database, InstantSource clock, Tickets tickets, OptInMails mails, Providers providers,
               RetrySchedule retries) {
        this.database = database;
        this.clock = clock;
        this.tickets = tickets;
        this.mails = mails;
        this.providers = providers;
        this.retries = retries;
    }

    private record Done(ProjectId project, Try result) {}

    /** Begins. {@code alone}: no other node works on this database, so what a killed run had taken is due at once. */
    Dispatcher start(boolean alone) {
        if (alone) {
            database.with(tx -> MessageQueue.releaseAll(tx, clock.instant()));
        }
        threads.add(Thread.ofVirtual().name("mail-take").start(this::take));
        threads.add(Thread.ofVirtual().name("mail-finish").start(this::finish));
        threads.add(Thread.ofVirtual().name("mail-lease").start(this::renew));
        return this;
    }

    /** Something may be due now: look at once instead of at the next look. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Messages that are being handed over here now. */
    public int underWay() {
        return underWay.size();
    }

    private void take() {
        while (!closing) {
            boolean more = false;
            try {
                more = takeOnce();
            } catch (RuntimeException e) {
                complain("messages cannot be taken", e);
            }
            if (!more) {
                await(LOOK_MILLIS);
            }
        }
    }

    /** One look at every project with something due; answers whether there is likely to be more. */
    private boolean takeOnce() {
        boolean more = false;
        for (ProjectId project : database.with(tx -> MessageQueue.dueProjects(tx, clock.instant()))) {
            int room = Math.min(free.availablePermits(), AT_ONCE / 2);
            if (room == 0) {
                return false;
            }
            List<Ready> ready = database.transaction(tx -> take(tx, project, room));
            ready.forEach(this::send);
            more |= ready.size() == room;
        }
        return more;
    }

    /** A taken message: with its ticket when it goes out, with the reason when it does not. */
    private record Ready(Taken taken, Tickets.Made ticket, String against) {}

    /** The secrets of the links are made here and committed as hashes before anything is handed over. */
    private List<Ready> take(Tx tx, ProjectId project, int most) throws SQLException {
        Instant now = clock.instant();
        var ready = new ArrayList<Ready>();
        for (Taken taken : MessageQueue.take(tx, project, most, now)) {
            String against = mails.reasonAgainst(taken).orElse(null);
            ready.add(new Ready(taken, against != null ? null
                    : tickets.make(project.value(), taken.asked().challenge(), taken.id()), against));
        }
        Tickets.store(tx, project.value(), ready.stream().map(Ready::ticket).filter(made -> made != null).toList(),
                now);
        return ready;
    }

    private void send(Ready ready) {
        Taken taken = ready.taken();
        if (ready.against() != null) {
            done.add(new Done(taken.project(), new Try(taken.id(), taken.attempt(), "skipped", null, ready.against(),
                    null, null, null)));
            return;
        }
        free.acquireUninterruptibly();
        underWay.put(taken.id(), taken.project());
        Thread.ofVirtual().name("mail-send").start(() -> handOver(ready));
    }

    private void handOver(Ready ready) {
        Taken taken = ready.taken();
        Try result;
        try {
            result = result(taken, providers.email().handOver(mails.mail(taken, ready.ticket().text())));
        } catch (RuntimeException e) {
            complain("message " + taken.id() + " cannot be made", e);
            result = again(taken, "fault", ProviderReply.none("fault of this server"));
        }
        done.add(new Done(taken.project(), result));
        free.release();
        wake();
    }

    private Try result(Taken taken, HandOver handOver) {
        return switch (handOver) {
            case HandOver.Accepted(ProviderReply reply) -> of(taken, "sent", null, null, "accepted", reply);
            case HandOver.Refused(ProviderReply reply, var concern) ->
                    of(taken, "failed", null, "refused_" + concern.name().toLowerCase(java.util.Locale.ROOT),
                            "refused", reply);
            case HandOver.Deferred(ProviderReply reply, var concern) ->
                    again(taken, "deferred_" + concern.name().toLowerCase(java.util.Locale.ROOT), reply);
        };
    }

    private Try again(Taken taken, String reason, ProviderReply reply) {
        return retries.next(taken.attempt(), clock.instant())
                .map(next -> of(taken, "queued", next, reason, "deferred", reply))
                .orElseGet(() -> of(taken, "failed", null, reason, "deferred", reply));
    }

    private static Try of(Taken taken, String state, Instant due, String reason, String result, ProviderReply reply) {
        String text = reply.text().replaceAll("\\p{Cntrl}", " ");
        return new Try(taken.id(), taken.attempt(), state, due, reason, result,
                reply.code() == 0 ? null : reply.code(),
                text.substring(0, Math.min(text.length(), LONGEST_REPLY)));
    }

    /** Writes what is done, as much as there is at a time. */
    private void finish() {
        while (!closing || !underWay.isEmpty() || !done.isEmpty()) {
            List<Done> batch = next();
            batch.stream().collect(Collectors.groupingBy(Done::project)).forEach((project, results) -> {
                List<Try> tries = results.stream().map(Done::result).toList();
                write(project, tries);
                tries.forEach(result -> underWay.remove(result.message()));
            });
        }
    }

    private List<Done> next() {
        var batch = new ArrayList<Done>();
        try {
            Done first = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                done.drainTo(batch, AT_ONCE * 4);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    /** Until it is written: what was handed over must not be handed over again. */
    private void write(ProjectId project, List<Try> tries) {
        while (true) {
            try {
                database.transaction(tx -> {
                    MessageQueue.finish(tx, project, tries, clock.instant());
                    return null;
                });
                return;
            } catch (RuntimeException e) {
                complain("results of " + tries.size() + " messages cannot be written yet", e);
                if (closing) {
                    return;
                }
                await(LOOK_MILLIS);
            }
        }
    }

    private void renew() {
        while (!closing) {
            await(closing ? 0 : RENEW_MILLIS, new Semaphore(0));
            underWay.entrySet().stream().collect(Collectors.groupingBy(Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList()))).forEach((project, messages) -> {
                        try {
                            database.transaction(tx -> {
                                MessageQueue.renew(tx, project, messages, clock.instant());
                                return null;
                            });
                        } catch (RuntimeException e) {
                            complain("leases cannot be renewed", e);
                        }
                    });
        }
    }

    private void await(long millis) {
        await(millis, wake);
    }

    private static void await(long millis, Semaphore signal) {
        try {
            signal.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(String what, RuntimeException e) {
        if (!closing) {
            LOG.log(Level.WARNING, what + ": " + e.getMessage(), LOG.isLoggable(Level.DEBUG) ? e : null);
        }
    }

    /** Takes no more, lets what is under way finish, and writes it down. */
    @Override
    public void close() {
        closing = true;
        wake.release(2);
        providers.close();
        for (Thread thread : threads) {
            if (!thread.getName().equals("mail-lease")) {
                join(thread);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
