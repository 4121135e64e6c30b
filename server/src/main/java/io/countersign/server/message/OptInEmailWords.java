package io.countersign.server.message;

/**
 * The sentences of one opt-in email, as both of its bodies say them.
 *
 * @param topics what there will be to read; null when the form names nothing
 */
public record OptInEmailWords(
        String ask, String topics, String opens, String link, String why, String ignore, String sender) {}
