package io.countersign.server.link;

/** A link of ours that somebody followed, and the message that it stands in. */
public record Followed(MessageLink link, LinkedMessage message) {}
