package io.countersign.server.message;

import static io.countersign.server.message.SmsSamples.LONG;
import static io.countersign.server.message.SmsSamples.hold;
import static io.countersign.server.message.SmsSamples.pause;
import static io.countersign.server.message.SmsSamples.settings;
import static io.countersign.server.message.SmsSamples.sms;
import static io.countersign.server.message.SmsSamples.timeouts;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.HandOver.Accepted;
import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SmppProviderTest {
    private SmsCentre centre;

    @BeforeEach
    void start() throws Exception {
        centre = SmsCentre.start();
    }

    @AfterEach
    void stop() throws Exception {
        centre.close();
    }

    @Test
    void manyAtOnceKeepToTheWindowInOneSession() throws Exception {
        try (var provider = provider(LONG); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 60).forEach(_ -> centre.script.add(_ -> pause(30)));
            Callable<HandOver> one = () -> provider.handOver(sms("x"));
            List<Future<HandOver>> all = threads.invokeAll(IntStream.range(0, 60).mapToObj(_ -> one).toList());
            assertThat(all).extracting(Future::resultNow).hasOnlyElementsOfType(Accepted.class);
        }
        assertThat(centre.mostAtOnce.get()).isBetween(2, 5);
        assertThat(centre.connections).hasValue(1);
    }

    @Test
    void aThrottlingCentreIsAskedAgainLaterInTheSameSession() {
        try (var provider = provider(LONG)) {
            for (int status : List.of(0x58, 0x14)) {
                centre.script.add(SmsCentre.Step.refuse(status));
                assertThat(provider.handOver(sms("x"))).isInstanceOfSatisfying(Deferred.class, deferred -> {
                    assertThat(deferred.concern()).isEqualTo(Concern.PROVIDER);
                    assertThat(deferred.reply().code()).isEqualTo(status);
                });
            }
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Accepted.class);
        }
        assertThat(centre.connections).hasValue(1);
    }

    @Test
    void aNumberThatTheCentreDoesNotTakeIsTheRecipientsFault() {
        try (var provider = provider(LONG)) {
            centre.script.add(SmsCentre.Step.refuse(0x0B));
            assertThat(provider.handOver(sms("x"))).isInstanceOfSatisfying(Refused.class,
                    refused -> assertThat(refused.concern()).isEqualTo(Concern.RECIPIENT));
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndAgain() {
        centre.password = "other";
        try (var provider = new SmppProvider(settings(centre.port(), timeouts(LONG, Duration.ofMinutes(1))))) {
            for (int i = 0; i < 20; i++) {
                assertThat(provider.handOver(sms("x"))).isInstanceOfSatisfying(Deferred.class, deferred -> {
                    assertThat(deferred.concern()).isEqualTo(Concern.PROVIDER);
                    assertThat(deferred.reply().code()).isEqualTo(0x0E);
                    assertThat(deferred.reply().text()).contains("invalid password").doesNotContain("secret");
                });
            }
        }
        assertThat(centre.connections).hasValue(1);
    }

    @Test
    void afterThePauseTheBindIsTriedAgain() {
        centre.password = "other";
        try (var provider = provider(LONG)) {
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Deferred.class);
            centre.password = "secret";
            assertThat(eventually(provider)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aConnectionDroppedMidWayDefersAndIsReplaced() {
        try (var provider = provider(Duration.ofMillis(500))) {
            centre.script.add(SmsCentre.Step.drop());
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Deferred.class);
            assertThat(eventually(provider)).isInstanceOf(Accepted.class);
        }
        assertThat(centre.connections.get()).isGreaterThan(1);
    }

    @Test
    void aCentreThatIsStartedAnewIsFoundAgain() throws Exception {
        int port = centre.port();
        try (var provider = provider(LONG)) {
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Accepted.class);
            centre.close();
            await(() -> provider.handOver(sms("x")) instanceof Deferred);
            centre = SmsCentre.startAt(port);
            assertThat(eventually(provider)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aCentreThatFallsSilentIsLeft() {
        var silent = new CountDownLatch(1);
        try (var provider = provider(Duration.ofMillis(300))) {
            centre.script.add(_ -> hold(silent));
            long begun = System.nanoTime();
            assertThat(provider.handOver(sms("x"))).isInstanceOfSatisfying(Deferred.class,
                    deferred -> assertThat(deferred.reply().text()).isEqualTo("no answer in time"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            silent.countDown();
            assertThat(eventually(provider)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aCentreThatDoesNotAnswerTheBindEndsInTime() {
        centre.bindsSilently = true;
        try (var provider = provider(Duration.ofMillis(300))) {
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Deferred.class);
        }
    }

    @Test
    void nobodyThereDefers() throws Exception {
        try (var reserved = SmsSamples.portWithoutAnybody();
                var provider = new SmppProvider(settings(reserved.getLocalPort(), timeouts(LONG, LONG)))) {
            assertThat(provider.handOver(sms("x"))).isInstanceOfSatisfying(Deferred.class,
                    deferred -> assertThat(deferred.reply().text()).startsWith("bind failed: "));
        }
    }

    @Test
    void anIdleSessionIsKeptAliveAndNothingIsMissedOnIt() throws Exception {
        try (var provider = provider(LONG)) {
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Accepted.class);
            await(() -> centre.enquiries.get() > 1);
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Accepted.class);
        }
        assertThat(centre.connections).hasValue(1);
    }

    @Test
    void deliveryReceiptsAreAnswered() throws Exception {
        try (var provider = provider(LONG)) {
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Accepted.class);
            var session = centre.sessions.getFirst();
            session.setTransactionTimer(LONG.toMillis());
            session.deliverShortMessage("", TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, "4915112345678",
                    TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, "ACME",
                    new org.jsmpp.bean.ESMClass(4), (byte) 0, (byte) 0, new org.jsmpp.bean.RegisteredDelivery(0),
                    new org.jsmpp.bean.RawDataCoding((byte) 0),
                    "id:id1 stat:DELIVRD".getBytes(StandardCharsets.US_ASCII));
            assertThat(provider.handOver(sms("x"))).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aClosedProviderSaysGoodByeAfterWhatIsUnderWay() throws Exception {
        var provider = provider(LONG);
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        centre.script.add(_ -> {
            arrived.countDown();
            hold(goOn);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var underWay = threads.submit(() -> provider.handOver(sms("x")));
            arrived.await();
            provider.close();
            assertThat(provider.handOver(sms("y"))).isInstanceOf(Deferred.class);
            goOn.countDown();
            assertThat(underWay.get()).isInstanceOf(Accepted.class);
        }
        await(() -> !centre.sessions.getFirst().getSessionState().isBound());
    }

    private static HandOver eventually(SmppProvider provider) {
        var tries = new ArrayList<HandOver>();
        await(() -> {
            tries.add(provider.handOver(sms("x")));
            return tries.getLast() instanceof Accepted;
        });
        return tries.getLast();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            pause(30);
        }
    }

    private SmppProvider provider(Duration reply) {
        return new SmppProvider(settings(centre.port(), timeouts(reply, Duration.ofMillis(50))));
    }
}
