package io.countersign.server.platform.pages;

/** A point in time as it is shown: {@code in 45 seconds}, the ISO form, {@code 03:04:05 UTC}. */
public record Moment(String relative, String iso, String clock) {}
