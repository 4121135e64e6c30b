package io.countersign.acceptance;

import java.util.Locale;

/** The four statuses of a subscription (source 001). */
enum Status {
    SUBSCRIBED, UNSUBSCRIBED, REQUIRES_CONFIRMATION, NO_DATA;

    /** As documents spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
