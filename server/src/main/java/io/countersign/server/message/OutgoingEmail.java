package io.countersign.server.message;

import java.time.Instant;
import java.util.UUID;

/**
 * One mail to one recipient, complete and immutable. The same value always becomes the same bytes, with the
 * same {@code Message-ID}, so that a receiver can recognise the second copy after a retry.
 *
 * @param messageId identity of the message over all tries
 * @param date the {@code Date} header: when the message was made, not when it is tried
 */
public record OutgoingEmail(UUID messageId, Origin origin, Mailbox to, String subject, EmailBody body,
        Instant date, ExtraHeaders headers) implements Made {
    private static final int MAX_SUBJECT = 900;

    /**
     * @throws IllegalArgumentException for a subject with control characters or longer than 900 characters
     */
    public OutgoingEmail {
        HeaderText.requireClean("subject", subject, MAX_SUBJECT);
    }

    public Mailbox from() {
        return origin.from();
    }

    /** The envelope sender, as it stands on the line. */
    public String returnPath() {
        return origin.returnPath().orElseGet(() -> origin.from().wireAddress());
    }

    /** {@code <uuid@domain of the sender>}, with the angle brackets. */
    public String messageIdHeader() {
        return "<" + messageId + '@' + from().asciiDomain() + '>';
    }

    /** Whether an address in it can only be handed to a server that offers SMTPUTF8. */
    public boolean needsSmtpUtf8() {
        return from().needsSmtpUtf8() || to.needsSmtpUtf8();
    }
}
