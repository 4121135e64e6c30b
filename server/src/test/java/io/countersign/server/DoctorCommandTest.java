package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.RetrySchedule;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code countersign doctor} over a database that a server writes to. */
final class DoctorCommandTest {
    private final String url = TestPostgres.url();

    private record Run(int status, String out, String err) {}

    private static Run doctor(String... options) {
        var arguments = new ArrayList<>(List.of("doctor"));
        arguments.addAll(List.of(options));
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Main.program().run(arguments, Map.of(), new PrintWriter(out), new PrintWriter(err));
        return new Run(status, out.toString(), err.toString());
    }

    private static void signUp(int port, String email) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                    + "/api/newsletter-form/newsletter")).timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("email=" + email)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void itTellsWhichRecordOfWhomWasChanged(@TempDir Path folder) throws Exception {
        var storage = new DatabaseOptions(Path.of("none"), Optional.of(url), Optional.empty(), 4);
        var options = new Server.Options(HttpSettings.onPort(0).withBind("127.0.0.1"), Optional.empty(),
                RetrySchedule.parse(List.of("1m")), false);
        try (Server server = Server.start(options, storage, Optional.empty(), SettableClock.system())) {
            signUp(server.port(), "ann@example.org");
            Run fine = doctor("--database", url);
            assertThat(fine.status()).as(fine.out() + fine.err()).isZero();
            assertThat(fine.out()).contains("1 consents of 1 customers, 0 erased, 0 anchors: as recorded");
            assertThat(Json.parse(doctor("--database", url, "--json").out()).path("status").stringValue())
                    .isEqualTo("as_recorded");
            Run stray = doctor("--database", url, "--anchor", "demo:1:" + "ab".repeat(32));
            assertThat(stray.status()).isOne();
            assertThat(stray.out()).contains("NOT AS WRITTEN DOWN");
        }
        try (Database database = TestPostgres.open(url)) {
            database.with(tx -> tx.update("alter table consents disable trigger consents_immutable"));
            database.with(tx -> tx.update("update consents set ip = '198.51.100.1'"));
        }
        Run changed = doctor("--database", url);
        assertThat(changed.status()).isOne();
        assertThat(changed.out()).contains("1 NOT AS RECORDED").containsPattern(
                "cus_[0-9A-Z]{26}: con_[0-9A-Z]{26} was changed after it was recorded");
        var document = Json.parse(doctor("--database", url, "--json").out());
        assertThat(document.at("/projects/0/found/0/what").stringValue()).isEqualTo("changed");
        Path noKey = folder.resolve("key");
        assertThat(doctor("--database", url, "--key-file", noKey.toString()).status()).isEqualTo(2);
        assertThat(noKey).as("the key is not moved by looking").doesNotExist();
    }

    @Test
    void whatCannotBeCheckedIsToldApart(@TempDir Path folder) {
        assertThat(doctor("--data", folder.resolve("nothing").toString()).status()).isEqualTo(2);
        Run empty = doctor("--database", TestPostgres.bareUrl());
        assertThat(empty.status()).isEqualTo(2);
        assertThat(empty.err()).contains("holds no data of Countersign");
        assertThat(doctor("--database", url, "--anchor", "acme:one:two").status()).isEqualTo(2);
    }
}
