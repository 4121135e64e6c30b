package io.countersign.server.proof;

import java.util.List;

/**
 * A proof document as it is read.
 *
 * @param person  the contacts and the id of whom it is about
 * @param changes of subscriptions and proofs, a line each
 */
public record ProofView(String madeAt, String madeFor, boolean intact, List<String> person, List<Act> acts,
                        List<Change> changes) {
    /**
     * An act of consent.
     *
     * @param kind    the word for texts
     * @param wording empty when none was shown
     * @param mail    the mail whose link was followed; empty when there is none
     */
    public record Act(String at, String kind, List<Fact> facts, String wording, String mail) {}

    /** What is known of an act. */
    public record Fact(String name, String value) {}

    /** A change of a subscription. */
    public record Change(String at, String what) {}
}
