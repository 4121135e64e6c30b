package io.countersign.server.message;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How the connection is protected. Certificate and host name of the server are always checked.
 *
 * @param trusted PEM files with certificates trusted beside those of the Java runtime: an internal CA, or
 *     a self-signed one
 */
public record SmtpTls(Mode mode, List<Path> trusted) {
    public static final SmtpTls NONE = new SmtpTls(Mode.NONE, List.of());

    public SmtpTls {
        trusted = List.copyOf(trusted);
    }

    /**
     * NONE: clear text. STARTTLS: begins in clear and must be upgraded. TLS: encrypted from the first octet.
     */
    public enum Mode {
        NONE, STARTTLS, TLS;

        /**
         * @throws IllegalArgumentException for anything but {@code none}, {@code starttls} and {@code tls}
         */
        public static Mode parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "none" -> NONE;
                case "starttls" -> STARTTLS;
                case "tls" -> TLS;
                default -> throw new IllegalArgumentException("smtp tls must be none, starttls or tls");
            };
        }
    }
}
