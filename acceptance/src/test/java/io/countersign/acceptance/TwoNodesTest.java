package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers beside each other on one database elsewhere. */
class TwoNodesTest {
    private static final int SIGN_UPS = Scale.of(600, 2_000);
    private static final SmtpSink SINK = SmtpSink.start();
    private static ExternalPostgres database;
    private static ServerProcess one;
    private static ServerProcess two;

    @BeforeAll
    static void start() {
        database = ExternalPostgres.start();
        one = ServerProcess.startOn(database.url(), database.password(), Provision.shop(SINK));
        two = ServerProcess.startOn(database.url(), database.password(), null);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        database.close();
        SINK.close();
    }

    @Test
    void noMailIsSentTwice() throws Exception {
        SINK.clear();
        try (var signUps = SignUps.begin("both", SIGN_UPS, new Api(one.base()), new Api(two.base()))) {
            var acknowledged = signUps.finish();
            assertThat(acknowledged).hasSize(SIGN_UPS);
            Arrived.await(SINK, acknowledged, Await.PATIENCE);
            new Api(one.base()).signUp("both-last@example.org");
            new Mailbox(SINK, "both-last@example.org").await(1);
            Arrived.assertNoDoubles(SINK);
        }
    }

    @Test
    void theSameAddressAtBothNodesIsOneCustomer() throws Exception {
        var nodes = new Api[] {new Api(one.base()), new Api(two.base())};
        var turn = new java.util.concurrent.atomic.AtomicInteger();
        var answers = Crowd.of(32, () -> nodes[turn.getAndIncrement() % 2].signUp("shared@example.org"));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(nodes[1].addresses()).filteredOn("shared@example.org"::equals).hasSize(1);

        var page = new Mailbox(SINK, "shared@example.org").await(1).page();
        var pressed = Crowd.of(32, () -> nodes[turn.getAndIncrement() % 2].press(page, "confirm"));
        assertThat(pressed).filteredOn(answer -> answer.text().contains("You’re subscribed")).hasSize(1);
        assertThat(nodes[0].eligibility("shared@example.org").path("eligible").booleanValue()).isTrue();
    }

    @Test
    void aChangeOfTheSetUpReachesTheOtherNode() throws Exception {
        var changed = Provision.shop(SINK).with("- { id: single,",
                "- { id: second, brand: shop, integration: website, topics: [offers] }\n"
                        + "      - { id: single,");
        var folder = Folders.create("change");
        try {
            changed.write(folder.resolve("changed.yaml"));
            var run = Program.run(Map.of("COUNTERSIGN_DATABASE_PASSWORD", database.password()), "provision",
                    "--database", database.url(), folder.resolve("changed.yaml").toString());
            assertThat(run.code()).as(run.output()).isZero();
            assertThat(run.output()).contains("1 created, 0 changed");
        } finally {
            Folders.delete(folder);
        }
        for (var node : new ServerProcess[] {one, two}) {
            var api = new Api(node.base());
            Await.until("the new form at " + node.base(), Duration.ofSeconds(15), () -> api.signUp("second",
                    Map.of("email", "form" + node.pid() + "@example.org")).status() == 200);
        }
    }

    @Test
    void theOtherNodeSendsWhatADeadOneHadTaken() throws Exception {
        var url = database.create("takeover");
        try (var silent = HangingSmtp.start(); var sink = SmtpSink.start();
                var dying = ServerProcess.startOn(url, database.password(), Provision.shop(sink)
                        .with("port: " + sink.port(), "port: " + silent.port()))) {
            var stuck = new HashSet<String>();
            for (int i = 0; i < 40; i++) {
                stuck.add("stuck" + i + "@example.org");
                assertThat(new Api(dying.base()).signUp("stuck" + i + "@example.org").status())
                        .isEqualTo(200);
            }
            Await.until("mails under way", () -> silent.connections() > 0);
            dying.kill9();
            try (var heir = ServerProcess.startOn(url, database.password(), Provision.shop(sink),
                    "--test-clock")) {
                new Api(heir.base()).advance("PT31S");
                Arrived.await(sink, stuck, Duration.ofMinutes(3));
                Arrived.assertDoublesAreTheSameMessage(sink);
                assertThat(new Api(heir.base()).addresses()).containsAll(stuck);
            }
        }
    }
}
