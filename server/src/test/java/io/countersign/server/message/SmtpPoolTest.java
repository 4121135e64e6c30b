package io.countersign.server.message;

import static io.countersign.server.message.SmtpVerdictTest.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Hang;
import io.countersign.server.message.SmtpRule.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpPoolTest {
    private final RecordingSmtpServer server = RecordingSmtpServer.start();
    private final SmtpSettings settings = SmtpSettings.plain("127.0.0.1", server.port())
            .withTimeouts(new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5),
                    Duration.ofSeconds(20)));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aThousandMailsUseFourConnections() throws Exception {
        try (var provider = provider(4, 10_000, Duration.ofSeconds(30))) {
            assertThat(sendAll(provider, 1_000)).hasSize(1_000).containsOnly("Accepted");
        }
        assertThat(server.mostOpenAtOnce()).isLessThanOrEqualTo(4);
        assertThat(server.connections()).isLessThanOrEqualTo(4);
        assertThat(server.mails()).hasSize(1_000);
        assertThat(server.mails().stream().map(ReceivedMail::recipient).distinct()).hasSize(1_000);
    }

    @Test
    void everyMailKeepsItsOwnContentWhenManyThreadsSend() throws Exception {
        try (var provider = provider(4, 7, Duration.ofSeconds(30))) {
            assertThat(sendAll(provider, 300)).containsOnly("Accepted");
        }
        for (var mail : server.mails()) {
            var number = mail.recipient().replaceAll("\\D", "");
            assertThat(mail.bytes()).isEqualTo(new EmailComposer()
                    .compose(numbered(Integer.parseInt(number))));
        }
        assertThat(server.mostOpenAtOnce()).isLessThanOrEqualTo(8); // the server sees each end a little later
    }

    @Test
    void refusedRecipientsAmongManyThreadsDoNotHurtTheOthers() throws Exception {
        server.on(Step.RCPT, address -> address.startsWith("user1"), new Answer("550 5.1.1 no such user"));
        try (var provider = provider(4, 10_000, Duration.ofSeconds(30))) {
            var outcomes = sendAll(provider, 200);
            assertThat(outcomes.stream().filter("Accepted"::equals)).hasSize(89);
            assertThat(outcomes.stream().filter("Refused RECIPIENT"::equals)).hasSize(111);
        }
        assertThat(server.mails()).hasSize(89).noneMatch(mail -> mail.recipient().startsWith("user1"));
    }

    @Test
    void aConnectionIsReplacedAfterItsShareOfMails() {
        try (var provider = provider(1, 10, Duration.ofSeconds(30))) {
            IntStream.range(0, 35).forEach(i -> assertThat(describe(provider.handOver(numbered(i))))
                    .isEqualTo("Accepted"));
        }
        assertThat(server.connections()).isEqualTo(4);
        assertThat(IntStream.rangeClosed(1, 4).mapToLong(
                n -> server.mails().stream().filter(mail -> mail.connection() == n).count()))
                .containsExactly(10L, 10L, 10L, 5L);
    }

    @Test
    void anUnusedConnectionIsClosed() {
        try (var provider = provider(1, 10, Duration.ofMillis(200))) {
            provider.handOver(numbered(1));
            assertThat(server.connections()).isEqualTo(1);
            await(() -> server.openNow() == 0);
            assertThat(server.commands()).contains("QUIT");
            assertThat(describe(provider.handOver(numbered(2)))).isEqualTo("Accepted");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void connectionsThatTheServerCutAreReplacedUnnoticed() throws Exception {
        try (var provider = provider(4, 10_000, Duration.ofSeconds(30))) {
            for (int round = 0; round < 5; round++) {
                assertThat(sendAll(provider, 40)).containsOnly("Accepted");
                server.dropConnections();
                await(() -> server.openNow() == 0);
            }
            assertThat(describe(provider.handOver(numbered(1)))).isEqualTo("Accepted");
        }
        assertThat(server.mails()).hasSize(201);
    }

    @Test
    void aKeptConnectionThatSays421IsReplacedUnnoticed() {
        try (var provider = provider(1, 10, Duration.ofSeconds(30))) {
            provider.handOver(numbered(1));
            var kept = new AtomicBoolean(true);
            server.on(Step.MAIL, _ -> kept.getAndSet(false), new Answer("421 4.4.2 idle too long"));
            assertThat(describe(provider.handOver(numbered(2)))).isEqualTo("Accepted");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void whoFindsNoFreeConnectionInTimeIsDeferred() {
        server.on(Step.END, new Hang());
        var hurried = settings.withLimits(new SmtpLimits(1, 10, Duration.ofSeconds(30), 100_000))
                .withTimeouts(new SmtpTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(10),
                        Duration.ofMillis(500)));
        try (var provider = new SmtpProvider(hurried)) {
            var first = Thread.ofVirtual().start(() -> provider.handOver(numbered(1)));
            await(() -> server.commands().contains("DATA"));
            var outcome = provider.handOver(numbered(2));
            assertThat(describe(outcome)).isEqualTo("Deferred PROVIDER");
            await(() -> !first.isAlive());
        }
    }

    @Test
    void closingLeavesNoConnectionOpen() throws Exception {
        var provider = provider(4, 10_000, Duration.ofSeconds(30));
        sendAll(provider, 40);
        assertThat(server.openNow()).isPositive();
        provider.close();
        await(() -> server.openNow() == 0);
    }

    private SmtpProvider provider(int connections, int mailsEach, Duration idle) {
        return new SmtpProvider(settings.withLimits(new SmtpLimits(connections, mailsEach, idle, 1_000_000)));
    }

    /** Sixteen threads at once; the outcomes in words. */
    private static List<String> sendAll(SmtpProvider provider, int count) throws InterruptedException,
            ExecutionException {
        try (var threads = Executors.newFixedThreadPool(16)) {
            var tasks = IntStream.range(0, count)
                    .<Callable<String>>mapToObj(i -> () -> describe(provider.handOver(numbered(i)))).toList();
            var outcomes = new ArrayList<String>();
            for (Future<String> outcome : threads.invokeAll(tasks)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        }
    }

    private static OutgoingEmail numbered(int number) {
        return Emails.with(number, Mailbox.parse("user" + number + "@example.com"), "Mail " + number,
                new EmailBody("Text " + number + "\n", "<p>" + number + "</p>"));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline passed").isLessThan(deadline);
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
