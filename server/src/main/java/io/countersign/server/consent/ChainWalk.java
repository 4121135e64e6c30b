package io.countersign.server.consent;

import io.countersign.server.consent.ChainFinding.What;
import io.countersign.server.consent.ChainStore.Stored;
import io.countersign.server.consent.ConsentChains.Head;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** One customer's records, looked at in their order: whether each is as it was written, after the one before it. */
final class ChainWalk {
    private static final int AT = ConsentStore.FIELDS.indexOf("at timestamptz");

    private final ConsentSeal seal;
    private final Instant beginning;
    private Head end = Head.NONE;
    private boolean keyed;

    /** @param beginning from when on every record has a keyed hash */
    ChainWalk(ConsentSeal seal, Instant beginning) {
        this.seal = seal;
        this.beginning = beginning;
    }

    /** The next record; what is wrong with it, if anything. */
    Optional<What> next(Stored record) {
        Head before = end;
        boolean afterKeyed = keyed;
        end = new Head(record.position(), record.links().hash());
        keyed = record.keyed();
        if (record.position() != before.length() + 1) {
            return Optional.of(What.RECORD_MISSING_BEFORE);
        }
        if (!record.keyed() && (afterKeyed || ((Instant) record.fields()[AT]).isAfter(beginning))) {
            return Optional.of(What.PUT_IN);
        }
        byte[] hash = record.keyed() ? seal.hash(record.fields(), record.links().previous()) : record.unkeyed();
        if (!MessageDigest.isEqual(hash, record.links().hash())) {
            return Optional.of(What.CHANGED);
        }
        if (!MessageDigest.isEqual(record.links().previous(), before.hash())) {
            return Optional.of(What.NOT_AFTER_THE_ONE_BEFORE);
        }
        return record.worded() ? Optional.empty() : Optional.of(What.WORDING_CHANGED);
    }

    /** Whether the chain ends where the customer's row says. */
    boolean endsAt(Head head) {
        return head.length() == end.length() && MessageDigest.isEqual(head.hash(), end.hash());
    }
}
