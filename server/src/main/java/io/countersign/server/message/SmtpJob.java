package io.countersign.server.message;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** A mail on its way to a mail server, and what came of it. */
final class SmtpJob {
    private final OutgoingEmail email;
    private final byte[] bytes;
    private final Duration time;
    private final CompletableFuture<HandOver> outcome = new CompletableFuture<>();
    private volatile long deadline;
    private boolean alone;

    /** @param time how long it may take from now on */
    SmtpJob(OutgoingEmail email, byte[] bytes, Duration time) {
        this.email = email;
        this.bytes = bytes;
        this.time = time;
        this.alone = !email.bulk();
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** Its envelope. */
    List<String> commands() {
        return List.of("MAIL FROM:<" + email.returnPath() + ">" + (needsUtf8() ? " SMTPUTF8" : ""),
                "RCPT TO:<" + email.to().wireAddress() + ">", "DATA");
    }

    byte[] bytes() {
        return bytes;
    }

    boolean needsUtf8() {
        return email.needsSmtpUtf8();
    }

    /** On the scale of {@link System#nanoTime()}. */
    long deadline() {
        return deadline;
    }

    /** Whether it may be announced before the answer to the mail before it is there. */
    boolean mayFollow() {
        return !alone;
    }

    /** The mail that it was announced behind took the connection along: it gets its time anew, and goes alone. */
    void begin() {
        alone = true;
        deadline = System.nanoTime() + time.toNanos();
    }

    void end(HandOver result) {
        outcome.complete(result);
    }

    /** A fault of this server: whoever waits for it is told, and must not wait for ever. */
    void fail(RuntimeException fault) {
        outcome.completeExceptionally(fault);
    }

    /**
     * Waits for what comes of it: whoever has it ends it in time, as does the watch over those that wait.
     *
     * @param withdraw takes it out of the queue; false when it was begun: then it ends by itself
     * @param late     what it came to when it was taken out
     */
    HandOver await(Predicate<SmtpJob> withdraw, HandOver late) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            HandOver result = withdraw.test(this) ? late : outcome.join();
            Thread.currentThread().interrupt();
            return result;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
