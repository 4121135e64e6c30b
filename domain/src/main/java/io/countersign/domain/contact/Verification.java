package io.countersign.domain.contact;

/** Proof that the customer controls a contact, as a word (DM3). */
public enum Verification { NO_DATA, PENDING, CONFIRMED }
