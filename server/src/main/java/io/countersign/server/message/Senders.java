package io.countersign.server.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The senders of brands, each read and checked once: a campaign has a million mails of one. */
final class Senders {
    private static final int MOST = 1_000;

    private final Cache<String, Mailbox> known = Caffeine.newBuilder().maximumSize(MOST).build();

    /** @throws IllegalArgumentException as {@link Mailbox#parse} does */
    Mailbox of(String sender) {
        return known.get(sender, Mailbox::parse);
    }
}
