package io.countersign.domain.subscription;

/** The status at a node of the tree (DM7). */
public enum SubscriptionStatus { NO_DATA, REQUIRES_CONFIRMATION, SUBSCRIBED, UNSUBSCRIBED }
