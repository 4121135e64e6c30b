package io.countersign.domain.contact;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the status of a mail that could not be delivered (RFC 3463) tells about its address. What is said of the
 * message, its size, its sender or a policy tells nothing about the address; what nobody understands is a failure of
 * unknown cause, which counts, but only when it happens again and again (CP10).
 */
public final class StatusCodes {
    private static final Pattern FORM = Pattern.compile("[45]\\.[0-9]{1,3}\\.[0-9]{1,3}");
    /** Mailbox, system or syntax does not exist, mailbox moved, and RFC 7505: no mail at that domain. */
    private static final Set<String> NOWHERE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");
    private static final String FULL = "2.2";
    /** Sender's address bad twice, message too long for the mailbox, message too big for the system. */
    private static final Set<String> OF_THE_MESSAGE = Set.of("1.7", "1.8", "2.3", "3.4");
    /** Content, and security or policy. */
    private static final Set<String> OF_THE_MESSAGE_ALTOGETHER = Set.of("6", "7");

    private StatusCodes() {}

    /**
     * What a failure of this status tells about the address; empty when it tells nothing.
     *
     * @param status as {@code 5.1.1}; whatever else is read as an unknown one
     */
    public static Optional<DeliveryReport> ofFailure(String status) {
        if (!FORM.matcher(status).matches()) {
            return Optional.of(DeliveryReport.REFUSED);
        }
        if (NOWHERE.contains(status)) {
            return Optional.of(DeliveryReport.NO_SUCH_ADDRESS);
        }
        String detail = status.substring(2);
        if (detail.equals(FULL)) {
            return Optional.of(DeliveryReport.MAILBOX_FULL);
        }
        boolean ofTheMessage = OF_THE_MESSAGE.contains(detail)
                || OF_THE_MESSAGE_ALTOGETHER.contains(detail.substring(0, detail.indexOf('.')));
        return ofTheMessage ? Optional.empty() : Optional.of(DeliveryReport.REFUSED);
    }
}
