package io.countersign.server.project;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom messages of a brand come from.
 *
 * @param email        an address, with a name before it or without
 * @param returnDomain a domain whose mail comes to this server: what cannot be delivered goes back to it
 */
public record Sender(Optional<String> email, Optional<String> sms, Optional<String> returnDomain) {
    /** Whether a signature of this domain counts for the sender. */
    public boolean isVouchedForBy(String domain) {
        return email.map(sender -> sender.substring(sender.lastIndexOf('@') + 1).replace(">", "").strip())
                .filter(own -> isAligned(domain, IDN.toASCII(own).toLowerCase(Locale.ROOT))).isPresent();
    }

    /** Whether it is the same domain, or one above it, as RFC 7489 asks. */
    public static boolean isAligned(String domain, String senderDomain) {
        return senderDomain.equals(domain) || senderDomain.endsWith("." + domain);
    }
}
