package io.countersign.domain.suppression;

/** Why nothing goes to a contact; lifted, never deleted. */
public enum SuppressionReason { HARD_BOUNCE, COMPLAINT, MANUAL }
