package io.countersign.server.message;

/** An opt-in email ready to be sent: subject of one line, and both bodies, equally complete. */
public record OptInEmail(String subject, String text, String html) {}
