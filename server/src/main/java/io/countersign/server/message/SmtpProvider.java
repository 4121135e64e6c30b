package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hands mails to one SMTP server over a few connections that stay open. A hand-over waits for a free
 * connection, and ends within {@link SmtpTimeouts#handOver()} (a name lookup that hangs excepted: the
 * operating system bounds it).
 */
public final class SmtpProvider implements EmailProvider {
    private final SmtpSettings settings;
    private final EmailComposer composer = new EmailComposer();
    private final SmtpConnector connector;
    private final SmtpConnections connections;
    private final SmtpWatchdog watchdog;
    private final Semaphore free;
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
        this.watchdog = new SmtpWatchdog(connections::closeUnused);
        this.free = new Semaphore(settings.limits().connections(), true);
    }

    @Override
    public HandOver handOver(OutgoingEmail email) {
        var bytes = composer.compose(email);
        if (bytes.length > settings.limits().messageBytes()) {
            return refusedByUs("5.3.4", "message of " + bytes.length + " bytes is larger than the limit of "
                    + settings.limits().messageBytes());
        }
        long deadline = System.nanoTime() + settings.timeouts().handOver().toNanos();
        if (!awaitFreeConnection(deadline)) {
            return deferred("no free connection in time");
        }
        try {
            return closed ? deferred("provider is closed") : send(email, bytes, deadline);
        } catch (SmtpConnectException e) {
            return new Deferred(e.reply(), Concern.PROVIDER);
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        connections.close();
        watchdog.close();
    }

    private boolean awaitFreeConnection(long deadline) {
        try {
            return free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HandOver send(OutgoingEmail email, byte[] bytes, long deadline) throws SmtpConnectException {
        for (var kept = connections.poll(); kept.isPresent(); kept = connections.poll()) {
            var sent = sendOver(kept.get(), email, bytes, deadline);
            if (kept.get().isUsable() || sent.begun()) {
                return sent.outcome();
            }
            // Found dead before the message was begun: the next one, or a new one, may do better.
        }
        return sendOver(connector.open(watchdog, deadline), email, bytes, deadline).outcome();
    }

    private SmtpConnection.Sent sendOver(SmtpConnection connection, OutgoingEmail email, byte[] bytes,
            long deadline) {
        watchdog.guard(connection.socket(), deadline);
        try {
            if (SmtpConnections.mustBeAsked(connection) && !connection.answers()) {
                return new SmtpConnection.Sent(deferred("connection was closed by the server"), false);
            }
            if (email.needsSmtpUtf8() && !connection.offersUtf8()) {
                return new SmtpConnection.Sent(refusedByUs("5.6.7",
                        "the address needs SMTPUTF8, which the server does not offer"), false);
            }
            return connection.send(email, bytes);
        } finally {
            watchdog.release(connection.socket());
            connections.giveBack(connection);
        }
    }

    private static Refused refusedByUs(String enhancedCode, String why) {
        return new Refused(new ProviderReply(ProviderReply.NO_ANSWER, enhancedCode, why), Concern.MESSAGE);
    }

    private static Deferred deferred(String why) {
        return new Deferred(ProviderReply.none(why), Concern.PROVIDER);
    }
}
