package io.countersign.server.message;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A mail whose sender waits for what comes of it. */
final class AwaitedEmail implements LaterEmail {
    private final OutgoingEmail email;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<HandOver> outcome = new CompletableFuture<>();

    AwaitedEmail(OutgoingEmail email) {
        this.email = email;
    }

    @Override
    public Optional<OutgoingEmail> make() {
        return begun.get() ? Optional.empty() : Optional.of(email);
    }

    @Override
    public boolean begin() {
        return begun.compareAndSet(false, true);
    }

    @Override
    public void end(HandOver result) {
        outcome.complete(result);
    }

    @Override
    public void fail(Throwable fault) {
        outcome.completeExceptionally(fault);
    }

    @Override
    public void giveBack() {
        outcome.complete(new HandOver.Deferred(ProviderReply.none("provider is closed"), HandOver.Concern.PROVIDER));
    }

    /**
     * Waits for what comes of it: whoever has it ends it in time, as does the watch over those that wait.
     *
     * @param late what it comes to when the waiting ends before it is begun
     */
    HandOver await(HandOver late) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            HandOver result = begin() ? late : outcome.join();
            Thread.currentThread().interrupt();
            return result;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
