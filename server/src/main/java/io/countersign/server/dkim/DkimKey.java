package io.countersign.server.dkim;

import java.time.Instant;
import java.util.Optional;

/**
 * A key of a brand, without its secret.
 *
 * @param record what the domain is to publish at {@link #id()}
 */
public record DkimKey(String domain, String selector, Algorithm algorithm, String record, Instant createdAt,
                      Optional<Instant> retiredAt) {
    /** Its name in the DNS, and in addresses of the API. */
    public String id() {
        return selector + "._domainkey." + domain;
    }

    /** Whether it vouches for senders of this domain (RFC 7489 asks for the same domain, or one above it). */
    public static boolean isAligned(String domain, String senderDomain) {
        return senderDomain.equals(domain) || senderDomain.endsWith("." + domain);
    }
}
