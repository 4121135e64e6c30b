package io.countersign.server.template;

/** A text as its recipient reads it; {@code html} is empty for an SMS, {@code subject} too. */
public record Filled(String subject, String html, String text) {}
