package io.countersign.server.message;

import static io.countersign.server.message.SmtpVerdictTest.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.RecordingSmtpServer.Options;
import io.countersign.server.message.RecordingSmtpServer.Pipelining;
import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands sent ahead, and servers that take none: each refusal is told of the right mail, in every order. */
class SmtpPipeliningTest {
    private static final SmtpTimeouts TIMES =
            new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20));

    /** A server of one way, and a provider with one connection to it. */
    private record Line(RecordingSmtpServer server, SmtpProvider provider) implements AutoCloseable {
        static Line of(Pipelining pipelining) {
            var server = RecordingSmtpServer.start(Options.PLAIN.with(pipelining));
            return new Line(server, new SmtpProvider(SmtpSettings.plain("127.0.0.1", server.port())
                    .withTimeouts(TIMES).withLimits(new SmtpLimits(1, 1_000, Duration.ofSeconds(30), 1_000_000))));
        }

        String send(String address) {
            return describe(provider.handOver(Emails.to(address)));
        }

        List<String> arrived() {
            return server.mails().stream().map(ReceivedMail::recipient).toList();
        }

        @Override
        public void close() {
            provider.close();
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalAtEachStepConcernsItsMailOnly(Pipelining pipelining) {
        try (Line line = Line.of(pipelining)) {
            line.server().on(Step.RCPT, "unknown@example.com"::equals, new Answer("550 5.1.1 no such user"));
            line.server().on(Step.RCPT, "grey@example.com"::equals, new Answer("451 4.7.1 greylisted"));
            line.server().on(Step.DATA, "nodata@example.com"::equals, new Answer("452 4.3.1 disk full"));
            line.server().on(Step.END, "spam@example.com"::equals, new Answer("554 5.7.1 looks like spam"));
            for (String bad : List.of("unknown Refused RECIPIENT", "grey Deferred MESSAGE", "nodata Deferred PROVIDER",
                    "spam Refused MESSAGE", "unknown Refused RECIPIENT")) {
                String[] words = bad.split(" ", 2);
                assertThat(line.send(words[0] + "@example.com")).isEqualTo(words[1]);
                assertThat(line.send("after-" + words[0] + "@example.com")).isEqualTo("Accepted");
            }
            assertThat(line.arrived()).containsExactly("after-unknown@example.com", "after-grey@example.com",
                    "after-nodata@example.com", "after-spam@example.com", "after-unknown@example.com");
            assertThat(line.server().mails()).allMatch(mail -> mail.bytes().length > 100);
            assertThat(line.server().connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedSenderHasNothingDelivered(Pipelining pipelining) {
        try (Line line = Line.of(pipelining)) {
            line.server().on(Step.MAIL, new Answer("553 5.7.1 not your domain"));
            assertThat(line.send("ann@example.com")).isEqualTo("Refused SENDER");
            line.server().behave();
            assertThat(line.send("bob@example.com")).isEqualTo("Accepted");
            assertThat(line.arrived()).containsExactly("bob@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatFitsNoCommandEndsTheConnection(Pipelining pipelining) {
        for (Step step : List.of(Step.MAIL, Step.RCPT, Step.DATA)) {
            for (String nonsense : List.of("354 go ahead", "220 hello", "999 ok", "hello", "250")) {
                boolean fits = step == Step.DATA ? nonsense.startsWith("354") : nonsense.startsWith("2");
                if (fits) {
                    continue;
                }
                try (Line line = Line.of(pipelining)) {
                    line.server().on(step, new Answer(nonsense));
                    assertThat(line.send("ann@example.com")).as(step + " " + nonsense)
                            .isEqualTo("Deferred PROVIDER");
                    line.server().behave();
                    assertThat(line.send("bob@example.com")).as("after " + step + " " + nonsense)
                            .isEqualTo("Accepted");
                    assertThat(line.arrived()).as(step + " " + nonsense).containsExactly("bob@example.com");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatGoesDownBetweenTheAnswersIsLeft(Pipelining pipelining) {
        for (Step step : List.of(Step.MAIL, Step.RCPT, Step.DATA, Step.END)) {
            try (Line line = Line.of(pipelining)) {
                line.server().on(step, new Answer("421 4.3.2 going down"));
                assertThat(line.send("ann@example.com")).isEqualTo("Deferred PROVIDER");
                line.server().behave();
                assertThat(line.send("bob@example.com")).isEqualTo("Accepted");
                assertThat(line.server().connections()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWithoutEndIsNotRead(Pipelining pipelining) {
        for (String endless : List.of("250-" + "x".repeat(5_000), Stream.generate(() -> "250-more")
                .limit(500).reduce((one, two) -> one + "\r\n" + two).orElseThrow())) {
            try (Line line = Line.of(pipelining)) {
                line.server().on(Step.RCPT, new Answer(endless));
                assertThat(line.send("ann@example.com")).isEqualTo("Deferred PROVIDER");
                line.server().behave();
                assertThat(line.send("bob@example.com")).isEqualTo("Accepted");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailingResetCostsTheConnectionAndNotTheVerdict(Pipelining pipelining) {
        try (Line line = Line.of(pipelining)) {
            line.server().on(Step.RCPT, new Answer("550 5.1.1 no such user"));
            line.server().on(Step.RSET, new Answer("502 5.5.1 what?"));
            assertThat(line.send("ann@example.com")).isEqualTo("Refused RECIPIENT");
            line.server().behave();
            assertThat(line.send("bob@example.com")).isEqualTo("Accepted");
            assertThat(line.server().connections()).isEqualTo(2);
        }
    }
}
