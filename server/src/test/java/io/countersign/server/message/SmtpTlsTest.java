package io.countersign.server.message;

import static io.countersign.server.message.SmtpVerdictTest.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Step;
import io.countersign.server.message.SmtpTls.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpTlsTest {
    private static final SmtpLogin LOGIN = new SmtpLogin("shop", "s3cret");
    private static TestCertificate right;
    private static TestCertificate otherHost;

    @BeforeAll
    static void certificates(@TempDir Path directory) throws Exception {
        // Only the address: a check against the name that the address resolves to would fail.
        right = TestCertificate.create(directory, "right", "ip:127.0.0.1");
        otherHost = TestCertificate.create(directory, "other", "dns:other.test");
    }

    @Test
    void bothTlsModesWorkWithATrustedCertificate() throws Exception {
        for (var mode : List.of(Mode.TLS, Mode.STARTTLS)) {
            try (var server = server(right, mode)) {
                assertThat(describe(send(server, new SmtpTls(mode, List.of(right.pem())))))
                        .isEqualTo("Accepted");
                assertThat(server.mails()).hasSize(1);
                assertThat(server.commands().contains("STARTTLS")).isEqualTo(mode == Mode.STARTTLS);
            }
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() throws Exception {
        for (var mode : List.of(Mode.TLS, Mode.STARTTLS)) {
            try (var server = server(right, mode)) {
                for (var trusted : List.of(List.<Path>of(), List.of(otherHost.pem()))) {
                    var outcome = send(server, new SmtpTls(mode, trusted));
                    assertThat(describe(outcome)).as(mode + " " + trusted).isEqualTo("Deferred PROVIDER");
                    assertThat(((HandOver.Deferred) outcome).reply().text()).contains("certification path");
                }
                assertThat(server.mails()).isEmpty();
            }
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        for (var mode : List.of(Mode.TLS, Mode.STARTTLS)) {
            try (var server = server(otherHost, mode)) {
                var outcome = send(server, new SmtpTls(mode, List.of(otherHost.pem())));
                assertThat(describe(outcome)).as(mode.name()).isEqualTo("Deferred PROVIDER");
                assertThat(server.mails()).isEmpty();
                assertThat(server.commands()).noneMatch(line -> line.startsWith("MAIL"));
            }
        }
    }

    @Test
    void requiredStartTlsIsNotGivenUp() throws Exception {
        var tls = new SmtpTls(Mode.STARTTLS, List.of(right.pem()));
        try (var server = RecordingSmtpServer.start()) {
            assertThat(describe(send(server, tls))).isEqualTo("Deferred PROVIDER");
            assertThat(server.commands()).noneMatch(line -> line.startsWith("MAIL"));
        }
        try (var server = server(right, Mode.STARTTLS)) {
            server.on(Step.STARTTLS, new Answer("454 4.7.0 TLS not available"));
            assertThat(describe(send(server, tls))).isEqualTo("Deferred PROVIDER");
            assertThat(server.commands()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void theLoginIsSentOnlyInsideTls() throws Exception {
        var options = RecordingSmtpServer.Options.PLAIN.withTls(right.serverContext(), false)
                .withLogin(LOGIN);
        try (var server = RecordingSmtpServer.start(options)) {
            var settings = settings(server).withTls(new SmtpTls(Mode.STARTTLS, List.of(right.pem())));
            assertThat(describe(send(settings.withLogin(LOGIN)))).isEqualTo("Accepted");
            assertThat(server.commands()).containsSubsequence("STARTTLS", "AUTH", "DATA");
        }
    }

    @Test
    void wrongCredentialsAreAFaultOfTheProvider() {
        try (var server = RecordingSmtpServer.start(RecordingSmtpServer.Options.PLAIN.withLogin(LOGIN))) {
            assertThat(describe(send(settings(server).withLogin(LOGIN)))).isEqualTo("Accepted");
            var outcome = send(settings(server).withLogin(new SmtpLogin("shop", "wrong")));
            assertThat(outcome).isEqualTo(new HandOver.Deferred(
                    new ProviderReply(535, "5.7.8", "5.7.8 credentials invalid"), HandOver.Concern.PROVIDER));
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void aServerWithoutLoginIsNotTrustedWhenOneIsConfigured() {
        try (var server = RecordingSmtpServer.start()) {
            var outcome = send(settings(server).withLogin(LOGIN));
            assertThat(describe(outcome)).isEqualTo("Deferred PROVIDER");
            assertThat(((HandOver.Deferred) outcome).reply().text()).contains("AUTH");
            assertThat(server.mails()).isEmpty();
        }
    }

    private static RecordingSmtpServer server(TestCertificate certificate, Mode mode) throws Exception {
        return RecordingSmtpServer.start(
                RecordingSmtpServer.Options.PLAIN.withTls(certificate.serverContext(), mode == Mode.TLS));
    }

    private static HandOver send(RecordingSmtpServer server, SmtpTls tls) {
        return send(settings(server).withTls(tls));
    }

    private static HandOver send(SmtpSettings settings) {
        try (var provider = new SmtpProvider(settings)) {
            return provider.handOver(Emails.to("ann@example.com"));
        }
    }

    private static SmtpSettings settings(RecordingSmtpServer server) {
        return SmtpSettings.plain("127.0.0.1", server.port()).withTimeouts(
                new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }
}
