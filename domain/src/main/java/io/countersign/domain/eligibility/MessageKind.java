package io.countersign.domain.eligibility;

/** The checks that a message makes (CP1-CP4). */
public enum MessageKind {
    /** Marketing: valid, subscribed, and verified where the brand asks for it. */
    STANDARD,
    /** The request for a confirmation: valid, and awaiting confirmation. */
    OPT_IN,
    /** Neither subscription nor validity matters. */
    TRANSACTIONAL
}
