package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ComplaintsTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(-5);
    private final Complaints complaints = new Complaints(new Kept(told), now::get);

    /** A log that is read. */
    private record Kept(List<String> lines) implements System.Logger {
        @Override
        public String getName() {
            return "kept";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.DEBUG;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String line, Throwable thrown) {
            if (line.startsWith("full")) {
                throw new OutOfMemoryError();
            }
            assertThat(thrown).as("one line, and no stack").isNull();
            lines.add(line);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            lines.add(format);
        }
    }

    private static void deeper() {
        deeper();
    }

    private static Error overflow() {
        try {
            deeper();
            return new AssertionError("no end");
        } catch (StackOverflowError e) {
            return e;
        }
    }

    @Test
    void whatComesAgainAndAgainIsToldOnceInTenMinutesWithHowOftenItCame() {
        for (int i = 0; i < 1_000; i++) {
            complaints.tell("mails cannot be made", "message " + i, new IllegalStateException("no"));
        }
        assertThat(told).containsExactly("mails cannot be made (message 0): no");
        now.addAndGet(Complaints.PAUSE);
        complaints.tell("mails cannot be made", new IllegalStateException("still not"));
        assertThat(told).hasSize(2).last()
                .isEqualTo("mails cannot be made: still not; and 999 times since this was told last");
    }

    @Test
    void somethingElseIsToldAtOnce() {
        complaints.tell("mails", new IllegalStateException("no"));
        complaints.tell("mails", new IllegalArgumentException("no"));
        complaints.tell("texts", new IllegalStateException("no"));
        assertThat(told).hasSize(3);
    }

    @Test
    void anErrorIsToldWithWhereItWas() {
        complaints.tell("mails", overflow());
        assertThat(told).singleElement().asString().startsWith("mails: java.lang.StackOverflowError at ")
                .contains("ComplaintsTest.deeper");
    }

    @Test
    void whatItKeepsIsBoundedAndToTellNeverFails() {
        for (int i = 0; i < 10_000; i++) {
            complaints.tell("full", new IllegalStateException("no"));
            complaints.tell("mails " + i, new IllegalStateException("no"));
        }
        assertThat(told).hasSize(10_000);
        complaints.tell("mails 0", new IllegalStateException("no"));
        assertThat(told).hasSize(10_001);
    }
}
