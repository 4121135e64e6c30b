package io.countersign.server.message;

import static io.countersign.server.message.SmtpVerdictTest.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Drop;
import io.countersign.server.message.SmtpRule.Hang;
import io.countersign.server.message.SmtpRule.Slow;
import io.countersign.server.message.SmtpRule.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpProviderTest {
    private static final SmtpTimeouts PATIENT =
            new SmtpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final Duration LONG = Duration.ofSeconds(15);
    private final RecordingSmtpServer server = RecordingSmtpServer.start();
    private final SmtpSettings settings =
            SmtpSettings.plain("127.0.0.1", server.port()).withTimeouts(PATIENT).withEhloName("sender.test");
    private final SmtpProvider provider = new SmtpProvider(settings);

    @AfterEach
    void close() {
        provider.close();
        server.close();
    }

    @Test
    void aMailArrivesAsComposed() throws Exception {
        var email = Emails.with(1, Mailbox.parse("Ann+News@Bücher.example"), "Grüße 🎉",
                new EmailBody(".\n..two\n" + "ü".repeat(2_000), "<p>" + "x".repeat(3_000) + "</p>"));
        assertThat(describe(provider.handOver(email))).isEqualTo("Accepted");
        var mail = server.mails().getFirst();
        assertThat(mail.mailFrom()).isEqualTo("hello@acme.test");
        assertThat(mail.recipients()).containsExactly("Ann+News@xn--bcher-kva.example");
        assertThat(mail.bytes()).isEqualTo(new EmailComposer().compose(email));
        assertThat(mail.parsed().getSubject()).isEqualTo("Grüße 🎉");
        assertThat(server.commands()).contains("EHLO sender.test");
    }

    @Test
    void dotsAtLineStartsArriveAsGiven() {
        var email = Emails.with(1, Mailbox.parse("ann@example.com"), "s", new EmailBody(".\n..\n...\n", ""));
        provider.handOver(email);
        assertThat(server.mails().getFirst().bytes()).isEqualTo(new EmailComposer().compose(email));
    }

    @Test
    void refusalsCarryTheAnswerAndDoNotHurtTheNeighbours() {
        server.on(Step.RCPT, "unknown@example.com"::equals, new Answer("550 5.1.1 no such user"));
        server.on(Step.RCPT, "full@example.com"::equals, new Answer("552 5.2.2 mailbox full"));
        server.on(Step.RCPT, "grey@example.com"::equals, new Answer("450 4.2.0 greylisted"));
        server.on(Step.END, "spam@example.com"::equals, new Answer("554 5.7.1 looks like spam"));
        server.on(Step.DATA, "nodata@example.com"::equals, new Answer("451 4.3.0 not now"));
        assertThat(describe(send("unknown@example.com"))).isEqualTo("Refused RECIPIENT");
        assertThat(describe(send("ann@example.com"))).isEqualTo("Accepted");
        assertThat(describe(send("full@example.com"))).isEqualTo("Refused RECIPIENT");
        assertThat(describe(send("grey@example.com"))).isEqualTo("Deferred RECIPIENT");
        assertThat(describe(send("bob@example.com"))).isEqualTo("Accepted");
        assertThat(describe(send("spam@example.com"))).isEqualTo("Refused MESSAGE");
        assertThat(describe(send("nodata@example.com"))).isEqualTo("Deferred PROVIDER");
        assertThat(describe(send("eve@example.com"))).isEqualTo("Accepted");
        assertThat(server.mails()).extracting(ReceivedMail::recipient)
                .containsExactly("ann@example.com", "bob@example.com", "eve@example.com");
        assertThat(server.mails()).allMatch(mail -> mail.recipients().size() == 1);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands()).containsSubsequence("RSET", "MAIL FROM:<hello@acme.test>");
        assertThat(send("unknown@example.com")).isEqualTo(new HandOver.Refused(
                new ProviderReply(550, "5.1.1", "5.1.1 no such user"), HandOver.Concern.RECIPIENT));
    }

    @Test
    void refusedSendersConcernTheSender() {
        server.on(Step.MAIL, new Answer("553 5.7.1 not your domain"));
        assertThat(describe(send("ann@example.com"))).isEqualTo("Refused SENDER");
        server.behave();
        assertThat(describe(send("ann@example.com"))).isEqualTo("Accepted");
    }

    @Test
    void aServerGoingDownConcernsTheProviderAndItsConnectionIsLeft() {
        for (var step : List.of(Step.CONNECT, Step.MAIL, Step.RCPT, Step.DATA, Step.END)) {
            server.on(step, new Answer("421 4.3.2 going down"));
            assertThat(describe(send("ann@example.com"))).as(step.name()).isEqualTo("Deferred PROVIDER");
            server.behave();
        }
        assertThat(server.connections()).isGreaterThanOrEqualTo(5);
        assertThat(describe(send("ann@example.com"))).isEqualTo("Accepted");
    }

    @Test
    void permanentRefusalOfTheConnectionIsNoRefusalOfTheMail() {
        server.on(Step.CONNECT, new Answer("554 5.7.1 no service for you"));
        assertThat(send("ann@example.com")).isEqualTo(new HandOver.Deferred(
                new ProviderReply(554, "5.7.1", "5.7.1 no service for you"), HandOver.Concern.PROVIDER));
    }

    @Test
    void hangingAndDroppingServersDeferWithinTheTimeouts() {
        try (var hasty = new SmtpProvider(settings.withTimeouts(
                new SmtpTimeouts(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(30))))) {
            for (var step : List.of(Step.CONNECT, Step.EHLO, Step.MAIL, Step.RCPT, Step.DATA, Step.BODY,
                    Step.END)) {
                for (var action : List.of(new Hang(), new Drop())) {
                    server.on(step, action);
                    long start = System.nanoTime();
                    assertThat(describe(hasty.handOver(Emails.to("ann@example.com"))))
                            .as(step + " " + action).isEqualTo("Deferred PROVIDER");
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
                    server.behave();
                }
            }
        }
        assertThat(describe(send("ann@example.com"))).isEqualTo("Accepted");
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void theWholeHandOverIsBoundedEvenIfEveryAnswerComesJustInTime() {
        try (var hurried = new SmtpProvider(settings.withTimeouts(
                new SmtpTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMillis(700))))) {
            for (var step : List.of(Step.CONNECT, Step.EHLO, Step.MAIL, Step.RCPT)) {
                server.on(step, new Slow(Duration.ofMillis(300)));
            }
            long start = System.nanoTime();
            assertThat(describe(hurried.handOver(Emails.to("ann@example.com"))))
                    .isEqualTo("Deferred PROVIDER");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        }
    }

    @Test
    void anUnreachableServerDefers() {
        server.close();
        assertThat(describe(send("ann@example.com"))).isEqualTo("Deferred PROVIDER");
    }

    @Test
    void tooLargeMessagesAreRefusedWithoutAskingTheServer() {
        try (var small = new SmtpProvider(settings.withLimits(new SmtpLimits(1, 1, Duration.ofSeconds(1),
                500)))) {
            var outcome = small.handOver(Emails.to("ann@example.com"));
            assertThat(describe(outcome)).isEqualTo("Refused MESSAGE");
            assertThat(((HandOver.Refused) outcome).reply().detail()).isEqualTo("5.3.4");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void localPartsBeyondAsciiNeedAServerThatTakesThem() throws Exception {
        var email = Emails.with(1, Mailbox.parse("jörg@bücher.example"), "s", new EmailBody("t", ""));
        var refused = provider.handOver(email);
        assertThat(describe(refused)).isEqualTo("Refused MESSAGE");
        assertThat(((HandOver.Refused) refused).reply().text()).contains("SMTPUTF8");
        try (var modern = RecordingSmtpServer.start(RecordingSmtpServer.Options.PLAIN.withUtf8());
                var other = new SmtpProvider(SmtpSettings.plain("127.0.0.1", modern.port()))) {
            assertThat(describe(other.handOver(email))).isEqualTo("Accepted");
            assertThat(describe(other.handOver(Emails.to("ann@example.com")))).isEqualTo("Accepted");
            assertThat(modern.mails().getFirst().recipient()).isEqualTo("jörg@xn--bcher-kva.example");
            assertThat(modern.mails().getFirst().bytes()).isEqualTo(new EmailComposer().compose(email));
            assertThat(modern.commands().stream().filter(line -> line.startsWith("MAIL")))
                    .containsExactly("MAIL FROM:<hello@acme.test> SMTPUTF8", "MAIL FROM:<hello@acme.test>");
        }
    }

    @Test
    void aClosedProviderDefers() {
        provider.close();
        assertThat(describe(send("ann@example.com"))).isEqualTo("Deferred PROVIDER");
        provider.close();
    }

    private HandOver send(String address) {
        return provider.handOver(Emails.to(address));
    }
}
