package io.countersign.domain.contact;

/** Why messages cannot reach a contact. */
public enum InvalidReason { NO_SUCH_ADDRESS, REFUSES_MESSAGES, MAILBOX_FULL }
