package io.countersign.server.message;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to reach an SMS centre. {@code toString} hides the password.
 *
 * @param tls what to trust where the connection is encrypted; empty for clear text
 * @param window requests under way at once
 */
public record SmppSettings(String host, int port, Optional<SSLContext> tls, SmppLogin login, SmppSource source,
        int window, SmppTimeouts timeouts) {
    public static final int DEFAULT_WINDOW = 10;
    public static final int LARGEST_WINDOW = 100;

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public SmppSettings {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("smpp host must be given, and a port between 1 and 65535");
        }
        if (window < 1 || window > LARGEST_WINDOW) {
            throw new IllegalArgumentException("smpp window must be between 1 and " + LARGEST_WINDOW);
        }
    }
}
