package io.countersign.server.message;

/**
 * Takes mails off our hands. Thread-safe: any number of threads may hand over at once; the provider limits
 * itself. At least once: an {@code Accepted} mail was taken, a {@code Deferred} one may have been; the caller
 * tries again with an equal {@link OutgoingEmail}. Returns in bounded time, never throws for anything that a
 * server or a network does.
 */
public interface EmailProvider extends AutoCloseable {

    HandOver handOver(OutgoingEmail email);

    /**
     * Has a mail wait that is one of many: it goes after all that are handed over, and may be announced behind another.
     * Does not wait itself. Answers false where nothing can wait here (any more): then it is to be handed over.
     */
    default boolean queue(LaterEmail mail) {
        return false;
    }

    /** Hand-overs under way may finish; new ones are deferred, what waits is given back. Idempotent. */
    @Override
    void close();
}
