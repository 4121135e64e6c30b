package io.countersign.domain.contact;

/** What became of a message to a contact, as far as it tells something about the contact (CP10). */
public enum DeliveryReport {
    /** Whoever looks after the contact took the message. */
    ACCEPTED,
    /** There is no such address or number. */
    NO_SUCH_ADDRESS,
    /** The message was not taken, and nobody said why for certain. */
    REFUSED,
    /** There is no room for it. */
    MAILBOX_FULL
}
