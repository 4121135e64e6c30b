package io.countersign.domain.contact;

/** The kinds of contact that can be verified (DM2). */
public enum ContactType { EMAIL, MOBILE }
