package io.countersign.server.message;

import io.countersign.server.message.SmtpQueue.Waiting;
import java.time.Duration;
import java.util.Optional;

/** Makes waiting mails ready for the line, when their turn comes. */
final class SmtpMaker {
    private final EmailComposer composer = new EmailComposer();
    private final int mostBytes;
    private final Duration time;

    /** @param time how long the hand-over of one of many may take */
    SmtpMaker(int mostBytes, Duration time) {
        this.mostBytes = mostBytes;
        this.time = time;
    }

    /** Empty when it goes nowhere, which is told to whoever queued it; never fails. */
    Optional<SmtpJob> make(Waiting waiting) {
        LaterEmail mail = waiting.mail();
        try {
            Optional<SmtpJob> job = mail.make()
                    .map(email -> new SmtpJob(waiting, email, composer.compose(email), time));
            if (job.isEmpty() || job.get().bytes().length <= mostBytes) {
                return job;
            }
            if (mail.begin()) {
                mail.end(SmtpVerdict.byUs("5.3.4", "message of " + job.get().bytes().length
                        + " bytes is larger than the limit of " + mostBytes));
            }
        } catch (RuntimeException | Error e) { // whatever it is, it is about this mail and no other
            if (mail.begin()) {
                mail.fail(e);
            }
        }
        return Optional.empty();
    }
}
