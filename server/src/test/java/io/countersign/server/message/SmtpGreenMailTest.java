package io.countersign.server.message;

import static io.countersign.server.message.SmtpVerdictTest.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.countersign.server.message.SmtpTls.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same against a server that somebody else wrote. It knows no STARTTLS; that is tested with our own. */
class SmtpGreenMailTest {
    private static TestCertificate certificate;

    @BeforeAll
    static void useCertificateWithAddress(@TempDir Path directory) throws Exception {
        certificate = TestCertificate.create(directory, "greenmail", "ip:127.0.0.1");
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY,
                certificate.keyStore().toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY,
                TestCertificate.PASSWORD);
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEY_PASSWORD_PROPERTY,
                TestCertificate.PASSWORD);
    }

    @AfterAll
    static void forget() {
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY);
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY);
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEY_PASSWORD_PROPERTY);
    }

    @Test
    void clearTextWithLogin() throws Exception {
        var server = start(ServerSetup.PROTOCOL_SMTP);
        try {
            var settings = settings(server.getSmtp().getPort());
            assertThat(describe(send(settings.withLogin(new SmtpLogin("shop", "s3cret")))))
                    .isEqualTo("Accepted");
            var mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Grüße 🎉");
            assertThat(mail.getMessageID()).isEqualTo("<01234567-89ab-cdef-0000-000000000001@acme.test>");
            assertThat(describe(send(settings.withLogin(new SmtpLogin("shop", "wrong")))))
                    .isEqualTo("Deferred PROVIDER");
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void implicitTlsWithLogin() {
        var server = start(ServerSetup.PROTOCOL_SMTPS);
        try {
            var settings = settings(server.getSmtps().getPort()).withLogin(new SmtpLogin("shop", "s3cret"));
            var trusting = settings.withTls(new SmtpTls(Mode.TLS, List.of(certificate.pem())));
            assertThat(describe(send(trusting))).isEqualTo("Accepted");
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    private static GreenMail start(String protocol) {
        var setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(20_000);
        var server = new GreenMail(setup);
        server.setUser("hello@acme.test", "shop", "s3cret");
        server.start();
        return server;
    }

    private static HandOver send(SmtpSettings settings) {
        try (var provider = new SmtpProvider(settings)) {
            return provider.handOver(Emails.with(1, Mailbox.parse("ann@example.com"), "Grüße 🎉",
                    new EmailBody("Hello\n", "<p>Hello</p>")));
        }
    }

    private static SmtpSettings settings(int port) {
        return SmtpSettings.plain("127.0.0.1", port).withTimeouts(
                new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }
}
