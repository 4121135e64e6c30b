package io.countersign.domain.contact;

import java.time.Instant;

/** What is known of a primary contact's ownership; only a confirmed one has an instant. */
public sealed interface Proof {
    NoData NO_DATA = new NoData();
    Pending PENDING = new Pending();

    Verification verification();

    /** Nobody asked for a proof. */
    record NoData() implements Proof {
        @Override
        public Verification verification() {
            return Verification.NO_DATA;
        }
    }

    /** A proof is awaited. */
    record Pending() implements Proof {
        @Override
        public Verification verification() {
            return Verification.PENDING;
        }
    }

    /** Proven, first at {@code since}. */
    record Confirmed(Instant since) implements Proof {
        @Override
        public Verification verification() {
            return Verification.CONFIRMED;
        }

        /** The earliest instant is kept (source 003). */
        Confirmed orSince(Instant other) {
            return other.isBefore(since) ? new Confirmed(other) : this;
        }
    }
}
