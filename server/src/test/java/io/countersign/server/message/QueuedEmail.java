package io.countersign.server.message;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A mail that waits at a provider, for tests: how often it was made, and what came of it. */
final class QueuedEmail implements LaterEmail {
    private final String address;
    private final Supplier<Optional<OutgoingEmail>> making;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    QueuedEmail(String address, Supplier<Optional<OutgoingEmail>> making) {
        this.address = address;
        this.making = making;
    }

    static QueuedEmail to(int number, String address) {
        return new QueuedEmail(address, () -> Optional.of(Emails.numbered(number, address)));
    }

    String address() {
        return address;
    }

    int made() {
        return made.get();
    }

    /** In words, once it is known; {@code fault} and {@code back} besides what a hand-over can come to. */
    String outcome() {
        return outcome.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean isOver() {
        return outcome.isDone();
    }

    @Override
    public Optional<OutgoingEmail> make() {
        made.incrementAndGet();
        return making.get();
    }

    @Override
    public boolean begin() {
        return begun.compareAndSet(false, true);
    }

    @Override
    public void end(HandOver result) {
        become(SmtpVerdictTest.describe(result));
    }

    @Override
    public void fail(Throwable fault) {
        become("fault");
    }

    @Override
    public void giveBack() {
        become("back");
    }

    private void become(String result) {
        if (!begun.get() || !outcome.complete(result)) {
            throw new AssertionError(address + " comes to " + result + ", and is not under way");
        }
    }
}
