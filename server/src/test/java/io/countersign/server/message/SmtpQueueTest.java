package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.SmtpRule.Hang;
import io.countersign.server.message.SmtpRule.Slow;
import io.countersign.server.message.SmtpRule.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mails that wait at the provider and are made there, over one connection. */
class SmtpQueueTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 5_000;

    private final RecordingSmtpServer server = RecordingSmtpServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private SmtpProvider provider(Duration reply, Duration handOver) {
        return new SmtpProvider(SmtpSettings.plain("127.0.0.1", server.port())
                .withTimeouts(new SmtpTimeouts(LONG, reply, handOver))
                .withLimits(new SmtpLimits(1, 1_000, LONG, MOST_BYTES)));
    }

    private static List<QueuedEmail> queue(SmtpProvider provider, int count) {
        List<QueuedEmail> mails = IntStream.range(0, count)
                .mapToObj(i -> QueuedEmail.to(i, "many" + i + "@example.com")).toList();
        assertThat(mails).allMatch(provider::queue);
        return mails;
    }

    private void awaitUnderWay() {
        Sending.await(() -> server.commands().contains("DATA"));
    }

    private List<String> arrived() {
        return server.mails().stream().map(ReceivedMail::recipient).toList();
    }

    @Test
    void whatIsHandedOverGoesBeforeWhatWaitsInBulk() {
        server.on(Step.END, "many0@example.com"::equals, new Slow(Duration.ofMillis(300)));
        try (var provider = provider(LONG, LONG)) {
            List<QueuedEmail> many = queue(provider, 100);
            awaitUnderWay();
            assertThat(provider.handOver(Emails.to("ann@example.com"))).isInstanceOf(HandOver.Accepted.class);
            assertThat(many).allMatch(mail -> mail.outcome().equals("Accepted"));
        }
        // Behind the mail that was under way, and the one that was announced with it.
        assertThat(arrived()).hasSize(101).doesNotHaveDuplicates();
        assertThat(arrived().indexOf("ann@example.com")).isLessThanOrEqualTo(2);
    }

    @Test
    void theNextIsMadeWhileTheAnswerIsAwaitedAndNoMore() {
        server.on(Step.END, new Slow(Duration.ofMillis(200)));
        try (var provider = provider(LONG, LONG)) {
            List<QueuedEmail> many = queue(provider, 5);
            Sending.await(() -> many.get(2).made() == 1); // one is under way, one is announced
            assertThat(many.get(0).isOver()).isFalse();
            assertThat(many.get(3).made()).isZero();
            assertThat(many).allMatch(mail -> mail.outcome().equals("Accepted"));
        }
    }

    @Test
    void whatCannotBeMadeIsToldAndHoldsUpNoOther() {
        var fault = new QueuedEmail("fault", () -> {
            throw new IllegalStateException("cannot be made");
        });
        var nothing = new QueuedEmail("nothing", Optional::empty);
        var large = new QueuedEmail("large", () -> Optional.of(Emails.with(9, Mailbox.parse("large@example.com"), "s",
                new EmailBody("x".repeat(MOST_BYTES), ""))));
        var withdrawn = QueuedEmail.to(8, "withdrawn@example.com");
        try (var provider = provider(LONG, LONG)) {
            assertThat(List.of(fault, nothing, large)).allMatch(provider::queue);
            assertThat(queue(provider, 3)).allMatch(mail -> mail.outcome().equals("Accepted"));
            assertThat(withdrawn.begin()).isTrue();
            assertThat(List.of(fault.outcome(), large.outcome())).containsExactly("fault", "Refused MESSAGE");
            assertThat(List.of(withdrawn, fault, large, nothing)).allMatch(provider::queue);
            assertThat(queue(provider, 3)).allMatch(mail -> mail.outcome().equals("Accepted"));
            assertThat(nothing.isOver()).isFalse();
        }
        assertThat(arrived()).hasSize(6).allMatch(to -> to.startsWith("many"));
        assertThat(server.connections()).isEqualTo(1);
    }

    /** Made in each place: as the first, behind another, and while an answer is awaited. */
    @Test
    void noErrorOfTheMachineEndsTheConnectionOrIsKeptFromWhoQueuedTheMail() {
        server.on(Step.END, "many2@example.com"::equals, new Slow(Duration.ofMillis(100)));
        List<Supplier<Error>> errors = List.of(StackOverflowError::new, OutOfMemoryError::new,
                NoClassDefFoundError::new, AssertionError::new);
        var failing = new ArrayList<QueuedEmail>();
        try (var provider = provider(LONG, LONG)) {
            for (Supplier<Error> error : errors) {
                for (int i = 0; i < 3; i++) {
                    var mail = new QueuedEmail("failing", () -> {
                        throw error.get();
                    });
                    failing.add(mail);
                    assertThat(provider.queue(mail)).isTrue();
                    assertThat(queue(provider, 4)).isNotEmpty();
                }
            }
            assertThat(queue(provider, 3)).allMatch(mail -> mail.outcome().equals("Accepted"));
            assertThat(failing).hasSize(12).allMatch(mail -> mail.outcome().equals("fault"));
            assertThat(provider.handOver(Emails.to("ann@example.com"))).isInstanceOf(HandOver.Accepted.class);
        }
        assertThat(arrived()).hasSize(52);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aProviderThatIsClosedGivesBackWhatIsNotUnderWay() {
        server.on(Step.END, new Hang());
        var provider = provider(Duration.ofMillis(700), LONG);
        List<QueuedEmail> many = queue(provider, 20);
        awaitUnderWay();
        Sending.await(() -> many.get(2).made() == 1);
        provider.close();
        // At once what waits; the rest when the connection is free.
        assertThat(many.subList(3, 20)).allMatch(QueuedEmail::isOver).allMatch(mail -> mail.outcome().equals("back"));
        assertThat(many.subList(0, 3).stream().map(QueuedEmail::outcome))
                .containsExactly("Deferred PROVIDER", "back", "back");
        assertThat(provider.queue(QueuedEmail.to(1, "late@example.com"))).isFalse();
    }

    @Test
    void aMailThatIsOnlyAnnouncedIsGivenBackAsWell() {
        server.on(Step.END, new Slow(Duration.ofMillis(300)));
        var provider = provider(LONG, LONG);
        List<QueuedEmail> many = queue(provider, 5);
        Sending.await(() -> many.get(2).made() == 1);
        provider.close();
        assertThat(many.stream().map(QueuedEmail::outcome)).containsExactly("Accepted", "back", "back", "back", "back");
        Sending.await(() -> server.openNow() == 0);
        assertThat(arrived()).containsExactly("many0@example.com");
    }

    @Test
    void whatWaitsTooLongIsDeferredAndWhatIsMadeAlreadyMayStillBeWithdrawn() {
        server.on(Step.END, new Hang());
        try (var provider = provider(LONG, Duration.ofMillis(700))) {
            List<QueuedEmail> many = queue(provider, 4);
            Sending.await(() -> many.get(2).made() == 1);
            assertThat(many.get(2).begin()).isTrue();
            assertThat(many.get(3).outcome()).isEqualTo("Deferred PROVIDER");
            assertThat(many.get(3).made()).isZero();
            assertThat(many.get(0).outcome()).isEqualTo("Deferred PROVIDER");
            server.behave();
            assertThat(many.get(1).outcome()).isIn("Accepted", "Deferred PROVIDER");
            assertThat(queue(provider, 2)).allMatch(mail -> mail.outcome().equals("Accepted"));
        }
        assertThat(arrived()).doesNotContain("many2@example.com", "many3@example.com");
    }
}
