package io.countersign.server.message;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * Bytes that are already composed, in the form that Angus sends. Extends a library class because that is the
 * only way to give a transport bytes without parsing them again, and the only way to know whether the message
 * itself was begun.
 */
final class PreparedMessage extends SMTPMessage {
    private final byte[] bytes;
    private boolean begun;

    PreparedMessage(Session session, Mailbox from, byte[] bytes) {
        super(session);
        this.bytes = bytes;
        setEnvelopeFrom(from.wireAddress());
    }

    /** Whether the server said 354: from then on it may have the message even if its answer is lost. */
    boolean isBegun() {
        return begun;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        begun = true;
        out.write(bytes);
    }
}
