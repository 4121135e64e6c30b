package io.countersign.server.message;

/** What a message became when it was made: something for its provider, or nothing that may go. */
public sealed interface Made permits OutgoingEmail, OutgoingSms, HandOver.Withheld {
}
