package io.countersign.server.project;

import java.util.Optional;

/**
 * How a brand mails.
 *
 * @param requireVerifiedContact marketing also needs a verified contact
 * @param messagesPerDay         most marketing messages to one person in 24 hours; empty: as many as there are
 * @param tracksOpens            whether it is noted that a mail was opened
 * @param tracksClicks           whether it is noted that a link was followed
 */
public record Mailing(boolean requireVerifiedContact, Optional<Integer> messagesPerDay, boolean tracksOpens,
                      boolean tracksClicks) {}
