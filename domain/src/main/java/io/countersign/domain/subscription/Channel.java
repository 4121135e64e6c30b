package io.countersign.domain.subscription;

/** A point of contact. EMAIL and SMS are delivered, the others are kept in the tree only. */
public enum Channel { EMAIL, SMS, VIBER, MOBILE_PUSH, WEB_PUSH }
