package io.countersign.server.message;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Makes the recording server misbehave: at a step, when the predicate holds for the step's argument. The
 * argument is the bare address for MAIL, RCPT and the steps after it (the recipient), else the rest of the
 * command line.
 */
record SmtpRule(Step step, Predicate<String> when, Action action) {

    /** CONNECT is before the greeting, BODY after 354, END after the final dot. */
    enum Step { CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY, END, RSET, NOOP }

    sealed interface Action {
    }

    /** Answers this instead of the usual. */
    record Answer(String line) implements Action {
    }

    /** Never answers, keeps the connection. */
    record Hang() implements Action {
    }

    /** Closes the connection without an answer. */
    record Drop() implements Action {
    }

    /** The usual, later. */
    record Slow(Duration delay) implements Action {
    }
}
