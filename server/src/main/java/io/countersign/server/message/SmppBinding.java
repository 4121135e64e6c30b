package io.countersign.server.message;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.util.DefaultComposer;

/**
 * The one session with an SMS centre: bound when it is needed first, kept, and bound again after it was lost. After a
 * failure there is a pause that grows, in which nobody tries: a wrong password does not become an attack.
 */
final class SmppBinding {
    private static final System.Logger LOG = System.getLogger(SmppBinding.class.getName());
    private static final long FAREWELL_MILLIS = 2_000;

    private final SmppSettings settings;
    private final SmsInbox inbox;
    private final ReentrantLock lock = new ReentrantLock(true);
    private SMPPSession session;
    private ProviderReply failure;
    private int failures;
    private long pauseEnds;

    SmppBinding(SmppSettings settings, SmsInbox inbox) {
        this.settings = settings;
        this.inbox = inbox;
    }

    /**
     * A session that is bound, as far as can be known without asking.
     *
     * @param deadline on the scale of {@link System#nanoTime()}
     */
    SMPPSession session(long deadline) throws SmppBindException {
        if (!lock(deadline)) {
            throw new SmppBindException(ProviderReply.none("not bound in time"));
        }
        try {
            if (session == null || !session.getSessionState().isBound()) {
                requireNoPause();
                bind();
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** This session is of no use any more. */
    void drop(SMPPSession dead) {
        dead.close();
    }

    /** Says good-bye, in bounded time. */
    void close() {
        lock.lock();
        try {
            if (session != null) {
                session.setTransactionTimer(FAREWELL_MILLIS);
                session.unbindAndClose();
                session = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean lock(long deadline) {
        try {
            return lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void requireNoPause() throws SmppBindException {
        if (failures > 0 && System.nanoTime() - pauseEnds < 0) {
            throw new SmppBindException(failure);
        }
    }

    private void bind() throws SmppBindException {
        var fresh = fresh();
        try {
            fresh.connectAndBind(settings.host(), settings.port(), parameters(),
                    settings.timeouts().reply().toMillis());
        } catch (IOException | RuntimeException | Error e) {
            fresh.close();
            throw failed(reply(e));
        }
        session = fresh;
        if (failures > 0) {
            LOG.log(Level.INFO, "the SMS centre is bound again");
        }
        failures = 0;
    }

    private SMPPSession fresh() {
        var fresh = new SMPPSession(new SynchronizedPDUSender(new DefaultPDUSender(new DefaultComposer())),
                new SmppReader(), new SmppSockets(settings));
        fresh.setTransactionTimer(settings.timeouts().reply().toMillis());
        fresh.setEnquireLinkTimer((int) settings.timeouts().idle().toMillis());
        fresh.setMessageReceiverListener(new SmppReceiver(inbox));
        return fresh;
    }

    private BindParameter parameters() {
        var login = settings.login();
        return new BindParameter(BindType.BIND_TRX, login.systemId(), login.password(), login.systemType(),
                TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null);
    }

    private SmppBindException failed(ProviderReply reply) {
        failures++;
        failure = reply;
        pauseEnds = System.nanoTime() + settings.timeouts().pause(failures).toNanos();
        if (failures == 1) {
            LOG.log(Level.WARNING, "the SMS centre cannot be bound: " + reply.text());
        }
        return new SmppBindException(reply);
    }

    private static ProviderReply reply(Throwable failure) {
        return failure.getCause() instanceof NegativeResponseException refused
                ? SmppVerdict.reply("bind refused", refused.getCommandStatus())
                : ProviderReply.none("bind failed: " + SmtpConnectException.reasons(failure));
    }
}
