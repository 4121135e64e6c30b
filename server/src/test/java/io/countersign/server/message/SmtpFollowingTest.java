package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.RecordingSmtpServer.Options;
import io.countersign.server.message.RecordingSmtpServer.Pipelining;
import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Drop;
import io.countersign.server.message.SmtpRule.Hang;
import io.countersign.server.message.SmtpRule.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails in bulk over one connection, each announced with the bytes of the one before it. */
class SmtpFollowingTest {
    private static final int MAILS = 60;

    /** What came of so many mails that wait at once; none is made twice, whatever becomes of its connection. */
    private static Map<String, String> send(RecordingSmtpServer server, int mailsEach, Duration time) {
        var outcomes = new HashMap<String, String>();
        var settings = SmtpSettings.plain("127.0.0.1", server.port())
                .withTimeouts(new SmtpTimeouts(time, time, time))
                .withLimits(new SmtpLimits(1, mailsEach, Duration.ofSeconds(30), 1_000_000));
        try (var provider = new SmtpProvider(settings)) {
            List<QueuedEmail> mails = IntStream.range(0, MAILS)
                    .mapToObj(i -> QueuedEmail.to(i, kind(i) + i + "@example.com")).toList();
            assertThat(mails).allMatch(provider::queue);
            mails.forEach(mail -> outcomes.put(mail.address(), mail.outcome()));
            assertThat(mails.stream().mapToInt(QueuedEmail::made).max()).hasValue(1);
        }
        return outcomes;
    }

    private static String kind(int number) {
        return switch (number % 10) {
            case 1 -> "unknown";
            case 3 -> "nodata";
            case 5 -> "spam";
            default -> "ann";
        };
    }

    private static void assertEachArrivedOnce(RecordingSmtpServer server, Map<String, String> outcomes) {
        assertThat(server.mails().stream().map(ReceivedMail::recipient)).containsExactlyInAnyOrderElementsOf(
                outcomes.entrySet().stream().filter(one -> one.getValue().equals("Accepted")).map(Map.Entry::getKey)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void eachGetsTheAnswerThatIsItsOwn(Pipelining pipelining) {
        try (var server = RecordingSmtpServer.start(Options.PLAIN.with(pipelining))) {
            server.on(Step.RCPT, to -> to.startsWith("unknown"), new Answer("550 5.1.1 no such user"));
            server.on(Step.DATA, to -> to.startsWith("nodata"), new Answer("452 4.3.1 disk full"));
            server.on(Step.END, to -> to.startsWith("spam"), new Answer("554 5.7.1 looks like spam"));
            Map<String, String> outcomes = send(server, 1_000, Duration.ofSeconds(20));
            assertThat(outcomes).hasSize(MAILS).allSatisfy((address, outcome) -> assertThat(outcome).as(address)
                    .isEqualTo(address.startsWith("unknown") ? "Refused RECIPIENT"
                            : address.startsWith("nodata") ? "Deferred PROVIDER"
                            : address.startsWith("spam") ? "Refused MESSAGE" : "Accepted"));
            assertEachArrivedOnce(server, outcomes);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsLostWithOneMailTakesNoOther(Pipelining pipelining) {
        for (SmtpRule.Action end : List.of(new Drop(), new Answer("421 4.3.2 going down"))) {
            try (var server = RecordingSmtpServer.start(Options.PLAIN.with(pipelining))) {
                server.on(Step.END, to -> to.startsWith("spam"), end);
                Map<String, String> outcomes = send(server, 1_000, Duration.ofSeconds(20));
                assertThat(outcomes).hasSize(MAILS).allSatisfy((address, outcome) -> assertThat(outcome)
                        .as(address + " " + end)
                        .isEqualTo(address.startsWith("spam") ? "Deferred PROVIDER" : "Accepted"));
                assertEachArrivedOnce(server, outcomes);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoStandsBehindAMailThatHangsHasTimeOfItsOwn(Pipelining pipelining) {
        try (var server = RecordingSmtpServer.start(Options.PLAIN.with(pipelining))) {
            server.on(Step.END, to -> to.startsWith("spam15@"), new Hang());
            Map<String, String> outcomes = send(server, 1_000, Duration.ofMillis(1_500));
            assertThat(outcomes.get("spam15@example.com")).isEqualTo("Deferred PROVIDER");
            assertEachArrivedOnce(server, outcomes);
            // Who waited too long goes later.
            assertThat(outcomes.values()).containsOnly("Accepted", "Deferred PROVIDER");
            assertThat(outcomes.get("ann16@example.com")).isEqualTo("Accepted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noConnectionCarriesMoreThanItMay(Pipelining pipelining) {
        int each = 7;
        try (var server = RecordingSmtpServer.start(Options.PLAIN.with(pipelining))) {
            Map<String, String> outcomes = send(server, each, Duration.ofSeconds(20));
            assertThat(outcomes.values()).hasSize(MAILS).containsOnly("Accepted");
            assertEachArrivedOnce(server, outcomes);
            assertThat(server.connections()).isEqualTo((MAILS + each - 1) / each);
        }
    }
}
