package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpSettingsTest {

    @Test
    void thePasswordIsNeverPrinted() {
        var settings = SmtpSettings.plain("mail.acme.test", 25).withLogin(new SmtpLogin("shop", "s3cret"));
        assertThat(settings.toString()).contains("mail.acme.test", "shop").doesNotContain("s3cret");
        assertThat("" + settings.login()).doesNotContain("s3cret");
    }

    @Test
    void wrongSettingsAreNamed() {
        wrong("port", () -> SmtpSettings.plain("mail.acme.test", 0));
        wrong("port", () -> SmtpSettings.plain("mail.acme.test", 65_536));
        for (var host : List.of("", " ", "mail acme", "mail\r\nacme", "a".repeat(64) + ".test")) {
            wrong("host", () -> SmtpSettings.plain(host, 25));
        }
        for (var name : List.of("", "a b", "a\r\nQUIT", "[bad")) {
            wrong("ehlo", () -> SmtpSettings.plain("mail.acme.test", 25).withEhloName(name));
        }
        wrong("password", () -> new SmtpLogin("shop", ""));
        wrong("password", () -> new SmtpLogin("", "secret"));
        wrong("connections", () -> new SmtpLimits(0, 1, Duration.ofSeconds(1), 1));
        wrong("per connection", () -> new SmtpLimits(1, 0, Duration.ofSeconds(1), 1));
        wrong("idle", () -> new SmtpLimits(1, 1, Duration.ZERO, 1));
        wrong("bytes", () -> new SmtpLimits(1, 1, Duration.ofSeconds(1), 0));
        wrong("reply", () -> new SmtpTimeouts(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1)));
        wrong("tls", () -> SmtpTls.Mode.parse("ssl"));
    }

    @Test
    void goodSettingsAreTaken() {
        assertThat(SmtpSettings.plain("::1", 25).host()).isEqualTo("::1");
        assertThat(SmtpSettings.plain("192.0.2.1", 25).withEhloName("[192.0.2.1]").ehloName())
                .isEqualTo("[192.0.2.1]");
        assertThat(SmtpTls.Mode.parse(" StartTLS ")).isEqualTo(SmtpTls.Mode.STARTTLS);
    }

    @Test
    void trustedFilesMustHoldCertificates(@TempDir Path directory) throws Exception {
        var empty = Files.writeString(directory.resolve("empty.pem"), "");
        var nonsense = Files.writeString(directory.resolve("nonsense.pem"), "hello");
        for (var file : List.of(empty, nonsense, directory.resolve("missing.pem"))) {
            var settings = SmtpSettings.plain("localhost", 25)
                    .withTls(new SmtpTls(SmtpTls.Mode.TLS, List.of(file)));
            assertThatIllegalArgumentException().isThrownBy(() -> new SmtpProvider(settings).close())
                    .withMessageContaining("certificate");
        }
    }

    private static void wrong(String named, Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessageContaining(named);
    }
}
