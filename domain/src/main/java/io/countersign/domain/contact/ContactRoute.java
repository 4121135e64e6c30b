package io.countersign.domain.contact;

/** How a contact comes in: each has its own table in {@link ContactRules}. */
public enum ContactRoute {
    /** Through an integration that verifies this contact type (T1). */
    VERIFYING,
    /** Through an integration that does not (T2). */
    NOT_VERIFYING,
    /** The step Create and subscribe, which ignores the integration's setting (source 000, exception). */
    CREATE_AND_SUBSCRIBE,
    /** By hand, while creating the customer, in a project that verifies this type (T3, first row). */
    MANUAL_NEW,
    /** By hand, on a customer who exists (T3). */
    MANUAL
}
