package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands mails to one SMTP server over a few connections that stay open. A hand-over waits for a free connection, and
 * ends within {@link SmtpTimeouts#handOver()} (a name lookup that hangs excepted: the operating system bounds it).
 * Mails in bulk are announced one behind the other; where the one before takes the connection along, the other has its
 * time anew, once.
 */
public final class SmtpProvider implements EmailProvider {
    private static final long REST_MILLIS = 100;
    private static final HandOver LATE = deferred("no free connection in time");

    private final SmtpSettings settings;
    private final EmailComposer composer = new EmailComposer();
    private final SmtpConnector connector;
    private final SmtpConnections connections;
    private final SmtpWatchdog watchdog;
    private final Semaphore free;
    private final BlockingQueue<SmtpJob> waiting = new LinkedBlockingQueue<>();
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
        this.connector = new SmtpConnector(settings);
        this.connections = new SmtpConnections(settings.limits());
        this.watchdog = new SmtpWatchdog(() -> {
            connections.closeUnused();
            endLate();
        });
        this.free = new Semaphore(settings.limits().connections());
    }

    @Override
    public HandOver handOver(OutgoingEmail email) {
        var bytes = composer.compose(email);
        if (bytes.length > settings.limits().messageBytes()) {
            return refusedByUs("5.3.4", "message of " + bytes.length + " bytes is larger than the limit of "
                    + settings.limits().messageBytes());
        }
        var job = new SmtpJob(email, bytes, settings.timeouts().handOver());
        waiting.add(job);
        work();
        return job.await(waiting::remove, LATE);
    }

    @Override
    public void close() {
        closed = true;
        connections.close();
        watchdog.close();
    }

    /** Has one more connection work where those that do are not enough, and it may. */
    private void work() {
        if (waiting.size() > resting.get() && free.tryAcquire()) {
            Thread.ofPlatform().daemon().name("smtp-connection").start(() -> {
                try {
                    new Run().sendAll();
                } finally {
                    free.release();
                    work(); // for what came after the last look
                }
            });
        }
    }

    /** Ends those that wait for a connection for too long. */
    private void endLate() {
        long now = System.nanoTime();
        for (SmtpJob job : waiting) {
            if (now - job.deadline() > 0 && waiting.remove(job)) {
                job.end(LATE);
            }
        }
    }

    /**
     * One mail after the other, over a connection that waits or a new one, until no mail waits. On a thread of the
     * system, which waits for each answer in one call instead of being parked and woken by a poller.
     */
    private final class Run {
        private Optional<SmtpConnection> current = Optional.empty();
        private boolean isResting;

        void sendAll() {
            for (Optional<SmtpJob> job = next(); job.isPresent();) {
                job = send(job.get()).or(this::next);
            }
            current.ifPresent(connections::giveBack);
        }

        /** The next, which may come in a moment. */
        private Optional<SmtpJob> next() {
            rest(true);
            try {
                return Optional.ofNullable(waiting.poll(REST_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } finally {
                rest(false);
            }
        }

        /** Answers what must go next, if that is decided. */
        private Optional<SmtpJob> send(SmtpJob job) {
            if (closed) {
                return end(job, deferred("provider is closed"), Optional.empty());
            }
            current = current.or(connections::poll);
            boolean isNew = current.isEmpty();
            try {
                SmtpConnection connection = isNew ? connector.open(watchdog, job.deadline()) : current.get();
                current = Optional.of(connection);
                SmtpConnection.Sent sent = sendOver(connection, job);
                if (!connection.isUsable() && !sent.begun() && !isNew) {
                    leave(connection);
                    return Optional.of(job); // found dead: the next one, or a new one, may do better
                }
                if (!connection.isUsable()) {
                    sent.next().ifPresent(SmtpJob::begin);
                }
                if (!connection.isUsable() || connection.mails() >= settings.limits().mailsPerConnection()) {
                    leave(connection);
                }
                return end(job, sent.outcome(), sent.next());
            } catch (SmtpConnectException e) {
                return end(job, new Deferred(e.reply(), Concern.PROVIDER), Optional.empty());
            } catch (RuntimeException e) {
                current.ifPresent(this::leave);
                job.fail(e);
                return Optional.empty();
            }
        }

        /** Whoever waits for it may hand over the next at once, and should find this connection free. */
        private Optional<SmtpJob> end(SmtpJob job, HandOver outcome, Optional<SmtpJob> next) {
            if (next.isEmpty()) {
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
                    return notBegun(refusedByUs("5.6.7",
                            "the address needs SMTPUTF8, which the server does not offer"));
                }
                return connection.send(job, () -> following(connection));
            } finally {
                watchdog.release(connection.socket());
                connection.idleFrom(System.nanoTime());
            }
        }

        /** The first that waits, if it may be announced ahead on this connection. */
        private Optional<SmtpJob> following(SmtpConnection connection) {
            return Optional.ofNullable(waiting.peek()).filter(job -> job.mayFollow() && !closed
                    && connection.mails() < settings.limits().mailsPerConnection()
                    && (!job.needsUtf8() || connection.offersUtf8()) && waiting.remove(job));
        }

        private static SmtpConnection.Sent notBegun(HandOver outcome) {
            return new SmtpConnection.Sent(outcome, false, Optional.empty());
        }
    }

    private static Refused refusedByUs(String enhancedCode, String why) {
        return new Refused(new ProviderReply(ProviderReply.NO_ANSWER, enhancedCode, why), Concern.MESSAGE);
    }

    private static Deferred deferred(String why) {
        return new Deferred(ProviderReply.none(why), Concern.PROVIDER);
    }
}
