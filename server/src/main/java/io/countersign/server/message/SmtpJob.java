package io.countersign.server.message;

import io.countersign.server.message.SmtpQueue.Waiting;
import java.time.Duration;
import java.util.List;

/** A mail on its way to a mail server, as it goes over the line; used by one thread. */
final class SmtpJob {
    private final Waiting waiting;
    private final OutgoingEmail email;
    private final byte[] bytes;
    private final Duration time;
    private long deadline;
    private boolean begun;

    /** @param time how long it may take once it is its turn, if it is one of many; others have their time in all */
    SmtpJob(Waiting waiting, OutgoingEmail email, byte[] bytes, Duration time) {
        this.waiting = waiting;
        this.email = email;
        this.bytes = bytes;
        this.time = time;
        this.deadline = waiting.until();
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

    /** Whether it goes: not if it was withdrawn before. */
    boolean begin() {
        begun = begun || waiting.mail().begin();
        return begun;
    }

    /** It is its turn: to wait behind others costs one of many no time of its own. */
    void start() {
        if (waiting.bulk()) {
            deadline = System.nanoTime() + time.toNanos();
        }
    }

    void end(HandOver result) {
        waiting.mail().end(result);
    }

    /** A fault of this server: whoever waits for it is told, and must not wait for ever. */
    void fail(Throwable fault) {
        waiting.mail().fail(fault);
    }

    void giveBack() {
        waiting.mail().giveBack();
    }
}
