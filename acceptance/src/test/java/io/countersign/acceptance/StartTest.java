package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starting, starting again, and what must not start. */
class StartTest {
    private static final SmtpSink SINK = SmtpSink.start();
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Provision.shop(SINK), "--bind", "0.0.0.0");
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
        SINK.close();
    }

    @Test
    void healthAndMetricsAnswer() throws Exception {
        assertThat(api.get("/health/live").json().path("status").asString()).isEqualTo("up");
        assertThat(api.get("/health/ready").json().path("status").asString()).isEqualTo("up");
        api.signUp("newsletter", Map.of("email", "nobody"));
        api.get("/c/1-" + "s".repeat(32));
        var metrics = api.get("/metrics");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.text()).contains("jvm_memory_used_bytes")
                .contains("countersign_database_connections")
                .contains("route=\"/api/newsletter-form/{form}\",status=\"400\"")
                .doesNotContain("s".repeat(32)).doesNotContain("nobody");
    }

    /** What {@code bin/countersign} does once after a build, so that later starts are fast. */
    @Test
    void aRehearsalOfStartsEndsByItselfAndLeavesNothingBehind() {
        var rehearsal = Rehearsal.outcome();
        assertThat(rehearsal.ended().code()).as(rehearsal.ended().output()).isZero();
        assertThat(rehearsal.left()).filteredOn(file -> file.contains("rehearsal")).isEmpty();
    }

    @Test
    void startingAgainWithTheSameFileChangesNothing() throws Exception {
        api.signUp("stays@example.org");
        new Mailbox(SINK, "stays@example.org").await(1);
        int said = server.output().length();
        server.stop();
        server.restart();
        var output = server.output().substring(said);
        assertThat(output).containsPattern("provisioned: 0 created, 0 changed, \\d+ unchanged");
        assertThat(api.customer("stays@example.org").path("contacts").size()).isEqualTo(1);
        assertThat(new Mailbox(SINK, "stays@example.org").count()).isEqualTo(1);
    }

    @Test
    void aSecondServerOnTheSameDataIsRefused() {
        var second = Program.run(Map.of(), "serve", "--port", "0", "--data", server.data().toString());
        assertThat(second.code()).isNotZero();
        assertThat(second.output().strip().lines()).hasSize(1).first().asString().startsWith("countersign: ")
                .contains(server.data().toString()).doesNotContain("Exception");
    }

    @Test
    void aPortInUseIsRefusedInOneLine() {
        var folder = Folders.create("port");
        try {
            var second = Program.run(Map.of(), "serve", "--port", String.valueOf(server.base().getPort()),
                    "--bind",
                    "127.0.0.1", "--data", folder.resolve("data").toString());
            assertThat(second.code()).isNotZero();
            assertThat(second.output().strip().lines()).hasSize(1).first().asString()
                    .startsWith("countersign: ")
                    .contains(String.valueOf(server.base().getPort()));
        } finally {
            Folders.delete(folder);
        }
    }

    @Test
    void aBadFileIsRefusedWithItsPlaceAndNothingStarts() {
        var folder = Folders.create("bad");
        try {
            var file = folder.resolve("bad.yaml");
            Provision.shop(SINK).with("double_opt_in: { email: true }", "double_opt_im: { email: true }")
                    .write(file);
            var run = Program.run(Map.of(), "serve", "--port", "0", "--data", folder.resolve("data")
                    .toString(),
                    "--provision", file.toString());
            assertThat(run.code()).isNotZero();
            assertThat(run.output()).contains("bad.yaml").contains("double_opt_im")
                    .doesNotContain("serves on")
                    .doesNotContain("\tat ");
            assertThat(folder.resolve("data")).doesNotExist();
        } finally {
            Folders.delete(folder);
        }
    }

    @Test
    void wrongOptionsAndMissingFilesAreToldPlainly() {
        assertThat(Program.run(Map.of(), "serve", "--nonsense").code()).isEqualTo(2);
        var missing = Program.run(Map.of(), "serve", "--port", "0", "--provision", "/nowhere/at/all.yaml");
        assertThat(missing.code()).isNotZero();
        assertThat(missing.output()).contains("/nowhere/at/all.yaml").doesNotContain("\tat ");
        assertThat(Program.run(Map.of(), "--help")).satisfies(help -> {
            assertThat(help.code()).isZero();
            assertThat(help.output()).contains("serve").contains("provision");
        });
    }

    @Test
    void anUnreachableDatabaseIsToldInOneLine() {
        var run = Program.run(Map.of(), "serve", "--port", "0", "--database",
                "jdbc:postgresql://127.0.0.1:1/nothing?user=x");
        assertThat(run.code()).isNotZero();
        assertThat(run.output()).contains("countersign: ").doesNotContain("\tat ");
    }

    @Test
    void theTestClockTakesDurationsOnly() throws Exception {
        assertThat(clock(api, "PT0S").status()).isEqualTo(200);
        assertThat(clock(api, "soon").status()).isEqualTo(400);
    }

    /** All that is queued is of the moved time: it would lie in the future of a server whose time went back. */
    @Test
    void theMovedTimeOutlivesTheServer() throws Exception {
        var moved = api.advance("PT1H");
        server.kill9();
        int said = server.output().length();
        server.restart();
        assertThat(server.output().substring(said)).contains("ahead of the real one, as tests had moved it");
        assertThat(api.advance("PT0S")).isAfter(moved);
        api.signUp("later@example.org");
        new Mailbox(SINK, "later@example.org").await(1);
    }

    @Test
    void theMailCatcherAndTheClockAreForThisMachineOnly() throws Exception {
        var address = otherAddress();
        Assumptions.assumeTrue(address.isPresent(), "this machine has no address but loopback");
        var far = new Api(URI.create("http://" + address.get() + ":" + server.base().getPort()));
        assertThat(api.get("/mail").status()).isEqualTo(200);
        assertThat(far.get("/health/ready").status()).isEqualTo(200);
        assertThat(far.get("/mail").status()).isEqualTo(404);
        assertThat(far.get("/mail/1").status()).isEqualTo(404);
        assertThat(clock(far, "PT1H").status()).isEqualTo(404);
    }

    private static Api.Answer clock(Api api, String advance) throws Exception {
        return api.post("/test/clock", "application/json", "{\"advance\":\"" + advance + "\"}");
    }

    private static Optional<String> otherAddress() throws Exception {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(address -> address.getHostAddress()).findFirst();
    }
}
