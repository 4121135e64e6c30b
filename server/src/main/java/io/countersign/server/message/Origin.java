package io.countersign.server.message;

import io.countersign.server.dkim.Signer;
import java.util.List;
import java.util.Optional;

/**
 * Whom a mail comes from.
 *
 * @param from       whom people see
 * @param returnPath the envelope sender, which bounces go to; without it the address that people see
 * @param signers    who vouch for it
 */
public record Origin(Mailbox from, Optional<String> returnPath, List<Signer> signers) {
    public Origin {
        signers = List.copyOf(signers);
    }

    /** Without a signature; bounces go to the address that people see. */
    public static Origin plain(Mailbox from) {
        return new Origin(from, Optional.empty(), List.of());
    }
}
