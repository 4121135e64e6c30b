package io.countersign.server.project;

/** On which channels of a brand a subscription must be confirmed. */
public record DoubleOptIn(boolean email, boolean sms) {}
