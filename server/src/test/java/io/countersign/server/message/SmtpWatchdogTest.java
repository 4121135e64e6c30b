package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class SmtpWatchdogTest {
    /** Whatever else it looks after, hand-overs that hang are ended. */
    @Test
    void anErrorOfTheMachineDoesNotEndTheWatch() throws IOException {
        try (var watchdog = new SmtpWatchdog(() -> {
            throw new StackOverflowError();
        }); var first = new Socket(); var second = new Socket()) {
            watchdog.guard(first, System.nanoTime());
            Sending.await(first::isClosed);
            watchdog.guard(second, System.nanoTime());
            Sending.await(second::isClosed);
            assertThat(first.isClosed()).isTrue();
        }
    }
}
