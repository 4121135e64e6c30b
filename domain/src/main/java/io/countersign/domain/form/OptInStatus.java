package io.countersign.domain.form;

/** The Loops view's {@code optInStatus} of a customer in a brand; its null is the absence of a value. */
public enum OptInStatus { PENDING, ACCEPTED, REJECTED }
