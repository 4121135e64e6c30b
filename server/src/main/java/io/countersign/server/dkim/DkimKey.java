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
}
