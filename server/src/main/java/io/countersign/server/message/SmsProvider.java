package io.countersign.server.message;

/**
 * Takes SMS off our hands. Thread-safe: any number of threads may hand over at once; the provider limits
 * itself. At least once: an {@code Accepted} SMS was taken, a {@code Deferred} one may have been; the caller
 * tries again with an equal {@link OutgoingSms}. Returns in bounded time, never throws for anything that a
 * gateway or a network does.
 */
public interface SmsProvider extends AutoCloseable {

    HandOver handOver(OutgoingSms sms);

    /** Hand-overs under way may finish; new ones are deferred. Idempotent. */
    @Override
    void close();
}
