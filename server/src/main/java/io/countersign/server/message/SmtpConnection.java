package io.countersign.server.message;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.net.Socket;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One open connection, used by one thread at a time. */
final class SmtpConnection {
    private final Session session;
    private final SMTPTransport transport;
    private final Socket socket;
    private int mails;
    private boolean usable = true;
    private boolean doubtful;
    private long idleSince = System.nanoTime();

    SmtpConnection(Session session, SMTPTransport transport, Socket socket) {
        this.session = session;
        this.transport = transport;
        this.socket = socket;
    }

    /** How one mail went; {@code begun}: the server may have it although its answer is not known. */
    record Sent(HandOver outcome, boolean begun) {
    }

    Sent send(OutgoingEmail email, byte[] bytes) {
        var message = new PreparedMessage(session, email.from(), bytes);
        mails++;
        doubtful = false;
        try {
            transport.sendMessage(message, new InternetAddress[] {recipient(email.to())});
            return new Sent(new HandOver.Accepted(lastReply()), true);
        } catch (MessagingException | RuntimeException e) {
            return new Sent(failed(e), message.isBegun());
        }
    }

    /** Asks the server whether it is still there; if not, the connection is of no use any more. */
    boolean answers() {
        usable = transport.isConnected();
        return usable;
    }

    Socket socket() {
        return socket;
    }

    boolean offersUtf8() {
        return transport.supportsExtension("SMTPUTF8");
    }

    boolean isUsable() {
        return usable;
    }

    /**
     * After a refusal the library has sent RSET, but swallowed what came of it: ask before trusting it again.
     */
    boolean isDoubtful() {
        return doubtful;
    }

    int mails() {
        return mails;
    }

    long idleSince() {
        return idleSince;
    }

    void idleFrom(long nanos) {
        idleSince = nanos;
    }

    /** Says QUIT if it can; never fails. */
    void close() {
        try {
            transport.close();
        } catch (MessagingException | RuntimeException e) {
            // The server notices by itself.
        }
        SmtpWatchdog.abort(socket);
    }

    private HandOver failed(Exception failure) {
        int code = transport.getLastReturnCode();
        if (failure instanceof SendFailedException && code >= 400 && code <= 599) {
            var verdict = SmtpVerdict.of(step(failure), lastReply());
            usable = code != 421;
            doubtful = true;
            return verdict;
        }
        usable = false;
        var why = "connection failed: " + SmtpConnectException.reasons(failure);
        return new HandOver.Deferred(ProviderReply.none(why), HandOver.Concern.PROVIDER);
    }

    private static SmtpVerdict.Step step(Exception failure) {
        if (failure instanceof SMTPSendFailedException sendFailed) {
            return sendFailed.getCommand().startsWith("MAIL") ? SmtpVerdict.Step.MAIL : SmtpVerdict.Step.DATA;
        }
        return SmtpVerdict.Step.RCPT;
    }

    private ProviderReply lastReply() {
        return SmtpReply.of(transport.getLastReturnCode(), transport.getLastServerResponse());
    }

    /** Not through the parsing constructor, which refuses some addresses that are fine on the wire. */
    private static InternetAddress recipient(Mailbox to) {
        var address = new InternetAddress();
        address.setAddress(to.wireAddress());
        return address;
    }
}
