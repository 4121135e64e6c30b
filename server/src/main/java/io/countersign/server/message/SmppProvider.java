package io.countersign.server.message;

import io.countersign.server.message.HandOver.Accepted;
import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jsmpp.GenericNackResponseException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DataCoding;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/**
 * Hands SMS to one SMS centre over SMPP 3.4, in one session as transceiver. A longer text goes in parts, one request
 * each; when a later part fails, the whole message is tried again.
 *
 * <p>Writing cannot hang: what is under way at once is bounded by the window, which is less than a socket's buffer
 * holds, and a centre that lets one request unanswered is left.
 */
public final class SmppProvider implements SmsProvider {
    private static final byte HAS_HEADER = 0x40;
    private static final DataCoding DEFAULT_ALPHABET = new RawDataCoding((byte) 0);
    private static final DataCoding UCS_2 = new RawDataCoding((byte) 8);

    private final SmppSettings settings;
    private final Semaphore window;
    private final SmppBinding binding;
    private volatile boolean closed;

    /** Does not connect yet; SMS that come in are taken and forgotten. */
    public SmppProvider(SmppSettings settings) {
        this(settings, SmsInbox.NONE);
    }

    /**
     * Does not connect yet.
     *
     * @param inbox who takes SMS that come in
     */
    public SmppProvider(SmppSettings settings, SmsInbox inbox) {
        this.settings = settings;
        this.window = new Semaphore(settings.window(), true);
        this.binding = new SmppBinding(settings, inbox);
    }

    @Override
    public HandOver handOver(OutgoingSms sms) {
        long deadline = System.nanoTime() + settings.timeouts().handOver().toNanos();
        if (!awaitPlace(deadline)) {
            return deferred("no place in the window in time");
        }
        try {
            return closed ? deferred("provider is closed") : submit(binding.session(deadline), sms, deadline);
        } catch (SmppBindException e) {
            return new Deferred(e.reply(), Concern.PROVIDER);
        } finally {
            window.release();
            closeWhenDone();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeWhenDone();
    }

    /** The last hand-over under way closes the door. */
    private void closeWhenDone() {
        if (closed && window.availablePermits() == settings.window()) {
            binding.close();
        }
    }

    private boolean awaitPlace(long deadline) {
        try {
            return window.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HandOver submit(SMPPSession session, OutgoingSms sms, long deadline) {
        var parts = SmsParts.of(sms);
        String id = "";
        try {
            for (byte[] part : parts.octets()) {
                if (System.nanoTime() - deadline > 0) {
                    return deferred("not all parts were taken in time");
                }
                id = submit(session, sms, parts, part);
            }
            return new Accepted(new ProviderReply(SMPPConstant.STAT_ESME_ROK, "", "accepted as " + id));
        } catch (NegativeResponseException e) {
            if (e.getCommandStatus() == SMPPConstant.STAT_ESME_RINVBNDSTS) {
                binding.drop(session);
            }
            return SmppVerdict.of(e.getCommandStatus());
        } catch (GenericNackResponseException e) {
            return SmppVerdict.of(e.getCommandStatus());
        } catch (PDUException e) {
            return new Refused(ProviderReply.none("not transportable over SMPP: " + e.getMessage()), Concern.MESSAGE);
        } catch (ResponseTimeoutException e) {
            binding.drop(session);
            return deferred("no answer in time");
        } catch (IOException | InvalidResponseException | RuntimeException | Error e) {
            // At run time the library fails over answers that make no sense, such as one to another request.
            binding.drop(session);
            return deferred("session failed: " + SmtpConnectException.reasons(e));
        }
    }

    private String submit(SMPPSession session, OutgoingSms sms, SmsParts parts, byte[] part)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
            IOException {
        return session.submitShortMessage("", settings.source().tonOf(sms.sender()),
                settings.source().npiOf(sms.sender()), digits(sms.sender()), TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN, digits(sms.recipient()),
                new ESMClass(parts.isJoined() ? HAS_HEADER : 0), (byte) 0, (byte) 0, null, null,
                new RegisteredDelivery(0), (byte) 0, parts.encoding() == SmsText.Encoding.GSM_7
                        ? DEFAULT_ALPHABET : UCS_2, (byte) 0, part).getMessageId();
    }

    /** In this protocol the plus is said by the type of number. */
    private static String digits(String address) {
        return address.startsWith("+") ? address.substring(1) : address;
    }

    private static Deferred deferred(String why) {
        return new Deferred(ProviderReply.none(why), Concern.PROVIDER);
    }
}
