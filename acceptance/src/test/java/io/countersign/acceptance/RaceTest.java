package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Thirty-two at the same moment. */
class RaceTest {
    private static final int CROWD = 32;
    private static final SmtpSink SINK = SmtpSink.start();
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Provision.shop(SINK));
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
        SINK.close();
    }

    @RepeatedTest(3)
    void oneOfManyConfirmationsWins(RepetitionInfo repetition) throws Exception {
        var email = "confirm" + repetition.getCurrentRepetition() + "@example.org";
        api.signUp(email);
        var page = new Mailbox(SINK, email).await(1).page();

        var answers = Crowd.of(CROWD, () -> api.press(page, "confirm"));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers).filteredOn(answer -> answer.text().contains("You’re subscribed")).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.text().contains("Already confirmed"))
                .hasSize(CROWD - 1);
        assertThat(changes(email, "subscription", "\"channel\":\"email\",\"topic\":null")).isEqualTo(2);
        assertThat(changes(email, "contact", "\"after\":\"confirmed\"")).isEqualTo(1);
    }

    @RepeatedTest(3)
    void confirmAndRejectAtOnceLeaveOneAnswer(RepetitionInfo repetition) throws Exception {
        var email = "either" + repetition.getCurrentRepetition() + "@example.org";
        api.signUp(email);
        var page = new Mailbox(SINK, email).await(1).page();
        var turn = new java.util.concurrent.atomic.AtomicInteger();

        var answers = Crowd.of(CROWD, () -> api.press(page,
                turn.getAndIncrement() % 2 == 0 ? "confirm" : "reject"));

        assertThat(answers).filteredOn(answer -> answer.text().contains("You’re subscribed"))
                .hasSizeLessThan(2);
        boolean confirmed = answers.stream().anyMatch(answer -> answer.text().contains("You’re subscribed"));
        assertThat(api.eligibility(email).path("eligible").booleanValue()).isEqualTo(confirmed);
        assertThat(changes(email, "subscription", "\"channel\":\"email\",\"topic\":null")).isEqualTo(2);
    }

    @RepeatedTest(3)
    void oneAddressSignedUpByManyIsOneCustomerAndOneMail(RepetitionInfo repetition) throws Exception {
        var email = "crowd" + repetition.getCurrentRepetition() + "@example.org";

        var answers = Crowd.of(CROWD, () -> api.signUp(email));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(api.addresses()).filteredOn(email::equals).hasSize(1);
        assertThat(changes(email, "customer", "\"change\":\"created\"")).isEqualTo(1);
        assertThat(changes(email, "opt_in", "\"change\":\"mail_queued\"")).isEqualTo(1);
        // Mails travel beside each other, so both are waited for; another one would have been there before the later.
        new Mailbox(SINK, email).await(1);
        api.signUp("after-" + email);
        new Mailbox(SINK, "after-" + email).await(1);
        assertThat(new Mailbox(SINK, email).count()).isEqualTo(1);
    }

    /** Rows of the history of that kind that say so. */
    private static long changes(String email, String kind, String saying) throws Exception {
        return StreamSupport.stream(api.customer(email).path("history").spliterator(), false)
                .filter(row -> row.path("kind").asString().equals(kind) && row.toString().contains(saying))
                        .count();
    }
}
