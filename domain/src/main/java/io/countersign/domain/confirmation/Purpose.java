package io.countersign.domain.confirmation;

/** What a challenge is for. */
public enum Purpose {
    /** The second step of double opt-in. */
    OPT_IN,
    /** The proof that the customer controls the contact. */
    CONFIRM_CONTACT,
    /** An authorization code: the customer proves who they are, nothing changes (CT4). */
    AUTHORIZE
}
