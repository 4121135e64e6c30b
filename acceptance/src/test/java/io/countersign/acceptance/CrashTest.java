package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was acknowledged outlives the sudden death of the server, and of its PostgreSQL as well. */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
    private static final int SIGN_UPS = Scale.of(800, 5_000);

    @Test
    void acknowledgedSignUpsOutliveTheServer() throws Exception {
        killedInTheMiddle(ServerProcess::kill9);
    }

    @Test
    void acknowledgedSignUpsOutliveServerAndPostgres() throws Exception {
        killedInTheMiddle(ServerProcess::kill9WithPostgres);
    }

    private static void killedInTheMiddle(Consumer<ServerProcess> kill) throws Exception {
        try (var sink = SmtpSink.start(); var server = ServerProcess.start(Provision.shop(sink));
                var signUps = SignUps.begin("crash", SIGN_UPS, new Api(server.base()))) {
            signUps.awaitAcknowledged(SIGN_UPS / 2);
            kill.accept(server);
            var acknowledged = signUps.finish();
            assertThat(acknowledged.size()).isBetween(SIGN_UPS / 2, SIGN_UPS - 1);

            var api = new Api(server.restart().base());
            assertThat(api.addresses()).doesNotHaveDuplicates().containsAll(acknowledged);
            Arrived.await(sink, acknowledged, Duration.ofMinutes(2));
            Arrived.assertDoublesAreTheSameMessage(sink);
            assertAnswerable(sink, api, acknowledged.iterator().next());
        }
    }

    /** The newest link of somebody leads to the question. */
    private static void assertAnswerable(SmtpSink sink, Api api, String email) throws Exception {
        var mails = sink.mailsTo(email);
        var page = Mailbox.parse(mails.getLast()).page();
        assertThat(api.press(page, "confirm").text()).contains("You’re subscribed");
        assertThat(api.eligibility(email).path("eligible").booleanValue()).isTrue();
    }
}
