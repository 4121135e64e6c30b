package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.SmtpQueue.Waiting;
import io.countersign.server.platform.Complaints;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands mails to one SMTP server over a few connections that stay open. Each connection that works has a thread, which
 * makes and sends one mail after the other. A hand-over ends within {@link SmtpTimeouts#handOver()} (a name lookup that
 * hangs excepted: the operating system bounds it); so does the wait of a mail in bulk, and then its sending.
 */
public final class SmtpProvider implements EmailProvider {
    private static final Complaints COMPLAINTS = new Complaints(System.getLogger(SmtpProvider.class.getName()));
    private static final long REST_MILLIS = 100;
    private static final HandOver LATE = deferred("no free connection in time");

    private final SmtpSettings settings;
    private final SmtpMaker maker;
    private final SmtpConnector connector;
    private final SmtpConnections connections;
    private final SmtpWatchdog watchdog;
    private final Semaphore free;
    private final SmtpQueue waiting = new SmtpQueue();
    /** Connections that have nothing to send just now. */
    private final AtomicInteger resting = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Does not connect yet.
     *
     * @throws IllegalArgumentException if the trusted certificates cannot be read
     */
    public SmtpProvider(SmtpSettings settings) {
        this.settings = settings;
        this.maker = new SmtpMaker(settings.limits().messageBytes(), settings.timeouts().handOver());
        this.connector = new SmtpConnector(settings);
        this.connections = new SmtpConnections(settings.limits());
        this.free = new Semaphore(settings.limits().connections());
        this.watchdog = new SmtpWatchdog(() -> {
            endLate();
            connections.closeUnused();
            work(); // where a thread could not be had, or has died
        });
    }

    @Override
    public HandOver handOver(OutgoingEmail email) {
        var awaited = new AwaitedEmail(email);
        if (!add(awaited, false)) {
            awaited.giveBack();
        }
        return awaited.await(LATE);
    }

    @Override
    public boolean queue(LaterEmail mail) {
        return add(mail, true);
    }

    private boolean add(LaterEmail mail, boolean bulk) {
        long until = System.nanoTime() + settings.timeouts().handOver().toNanos();
        boolean added = waiting.add(new Waiting(mail, bulk, until));
        if (added) {
            work();
        }
        return added;
    }

    @Override
    public void close() {
        closed = true;
        for (Waiting left : waiting.close()) {
            if (left.mail().begin()) {
                left.mail().giveBack();
            }
        }
        connections.close();
        watchdog.close();
    }

    /** Has one more connection work where those that do are not enough, and it may. */
    private void work() {
        if (waiting.size() > resting.get() && free.tryAcquire()) {
            try {
                Thread.ofPlatform().daemon().name("smtp-connection").start(this::run);
            } catch (RuntimeException | Error e) { // those that wait go later, or have waited too long
                free.release();
                COMPLAINTS.tell("mails cannot be sent by one more thread", e);
            }
        }
    }

    private void run() {
        boolean isWell = false;
        try {
            new Run().sendAll();
            isWell = true;
        } catch (RuntimeException | Error e) {
            COMPLAINTS.tell("a thread that sends mails has died", e);
        } finally {
            free.release();
        }
        if (isWell) {
            work(); // for what came after the last look
        }
    }

    /** Ends those that wait for a connection for too long. */
    private void endLate() {
        for (Waiting late : waiting.pollLate(System.nanoTime())) {
            if (late.mail().begin()) {
                late.mail().end(LATE);
            }
        }
    }

    /**
     * One mail after the other, over a connection that waits or a new one, until no mail waits. On a thread of the
     * system, which waits for each answer in one call instead of being parked and woken by a poller.
     */
    private final class Run implements SmtpConnection.Following {
        private Optional<SmtpConnection> current = Optional.empty();
        /** One of many, made while the answer to another was awaited. It may still be withdrawn. */
        private Optional<SmtpJob> ahead = Optional.empty();
        private boolean isResting;

        void sendAll() {
            try {
                for (Optional<SmtpJob> job = next(); job.isPresent();) {
                    job = send(job.get()).or(this::next);
                }
            } finally {
                rest(false);
                takeAhead().filter(SmtpJob::begin).ifPresent(SmtpJob::giveBack); // there is none, unless this has died
                current.ifPresent(connections::giveBack);
            }
        }

        /** The next that goes, which may come in a moment. */
        private Optional<SmtpJob> next() {
            while (true) {
                Optional<Waiting> first = ahead.isPresent() ? waiting.pollSingle() : await();
                if (first.isEmpty() && ahead.isEmpty()) {
                    return Optional.empty();
                }
                Optional<SmtpJob> next = (first.isPresent() ? first.flatMap(maker::make) : takeAhead())
                        .filter(SmtpJob::begin);
                if (next.isPresent()) {
                    return next;
                }
            }
        }

        private Optional<Waiting> await() {
            rest(true);
            try {
                return waiting.await(REST_MILLIS);
            } finally {
                rest(false);
            }
        }

        private Optional<SmtpJob> takeAhead() {
            Optional<SmtpJob> made = ahead;
            ahead = Optional.empty();
            return made;
        }

        /** One at most: the answer to another mail is not to wait for many that cannot be made. */
        private void makeAhead() {
            if (ahead.isEmpty()) {
                ahead = waiting.pollBulk().flatMap(maker::make);
            }
        }

        @Override
        public Optional<SmtpJob> behind(SmtpConnection connection) {
            if (closed || waiting.hasSingle() || connection.mails() >= settings.limits().mailsPerConnection()) {
                return Optional.empty();
            }
            makeAhead();
            boolean fits = ahead.filter(job -> !job.needsUtf8() || connection.offersUtf8()).isPresent();
            return fits ? takeAhead().filter(SmtpJob::begin) : Optional.empty();
        }

        @Override
        public void meanwhile() {
            makeAhead();
        }

        /** Answers what must go next, if that is decided. */
        private Optional<SmtpJob> send(SmtpJob job) {
            if (closed) {
                job.giveBack();
                return Optional.empty();
            }
            current = current.or(connections::poll);
            boolean isNew = current.isEmpty();
            job.start();
            try {
                SmtpConnection connection = isNew ? connector.open(watchdog, job.deadline()) : current.get();
                current = Optional.of(connection);
                SmtpConnection.Sent sent = sendOver(connection, job);
                if (!connection.isUsable() && !sent.begun() && !isNew) {
                    leave(connection);
                    return Optional.of(job); // found dead: the next one, or a new one, may do better
                }
                if (!connection.isUsable() || connection.mails() >= settings.limits().mailsPerConnection()) {
                    leave(connection);
                }
                return end(job, sent.outcome(), sent.next());
            } catch (SmtpConnectException e) {
                return end(job, new Deferred(e.reply(), Concern.PROVIDER), Optional.empty());
            } catch (RuntimeException | Error e) {
                current.ifPresent(this::leave);
                job.fail(e);
                return Optional.empty();
            }
        }

        /** Whoever waits for it may hand over the next at once, and should find this connection free. */
        private Optional<SmtpJob> end(SmtpJob job, HandOver outcome, Optional<SmtpJob> next) {
            if (next.isEmpty() && ahead.isEmpty()) {
                rest(true);
            }
            job.end(outcome);
            return next;
        }

        private void rest(boolean rests) {
            if (isResting != rests) {
                isResting = rests;
                resting.addAndGet(rests ? 1 : -1);
            }
        }

        private void leave(SmtpConnection connection) {
            connections.giveBack(connection);
            current = Optional.empty();
        }

        private SmtpConnection.Sent sendOver(SmtpConnection connection, SmtpJob job) {
            watchdog.guard(connection.socket(), job.deadline());
            try {
                if (SmtpConnections.mustBeAsked(connection) && !connection.answers()) {
                    return notBegun(deferred("connection was closed by the server"));
                }
                if (job.needsUtf8() && !connection.offersUtf8()) {
                    return notBegun(SmtpVerdict.byUs("5.6.7",
                            "the address needs SMTPUTF8, which the server does not offer"));
                }
                return connection.send(job, this);
            } finally {
                watchdog.release(connection.socket());
                connection.idleFrom(System.nanoTime());
            }
        }

        private static SmtpConnection.Sent notBegun(HandOver outcome) {
            return new SmtpConnection.Sent(outcome, false, Optional.empty());
        }
    }

    private static Deferred deferred(String why) {
        return new Deferred(ProviderReply.none(why), Concern.PROVIDER);
    }
}
