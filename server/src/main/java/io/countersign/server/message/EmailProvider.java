package io.countersign.server.message;

/**
 * Takes mails off our hands. Thread-safe: any number of threads may hand over at once; the provider limits
 * itself. At least once: an {@code Accepted} mail was taken, a {@code Deferred} one may have been; the caller
 * tries again with an equal {@link OutgoingEmail}. Returns in bounded time, never throws for anything that a
 * server or a network does.
 */
public interface EmailProvider extends AutoCloseable {

    HandOver handOver(OutgoingEmail email);

    /** Hand-overs under way may finish; new ones are deferred. Idempotent. */
    @Override
    void close();
}
