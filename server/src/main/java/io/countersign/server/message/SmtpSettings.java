package io.countersign.server.message;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * How to reach a mail server. {@code toString} hides the password.
 *
 * @param ehloName how this server calls itself: a host name or an address literal such as {@code [192.0.2.1]}
 */
public record SmtpSettings(String host, int port, SmtpTls tls, SmtpLogin login, String ehloName,
        SmtpLimits limits, SmtpTimeouts timeouts) {
    private static final Pattern EHLO_NAME =
            Pattern.compile("[A-Za-z0-9.\\-]{1,253}|\\[[A-Za-z0-9.:]{1,60}]");

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public SmtpSettings {
        requireHost(host);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("smtp port must be between 1 and 65535");
        }
        if (!EHLO_NAME.matcher(ehloName).matches()) {
            throw new IllegalArgumentException("smtp ehlo name must be a host name or [address]");
        }
    }

    /** Without TLS and login, as for a relay on the same machine. */
    public static SmtpSettings plain(String host, int port) {
        return new SmtpSettings(host, port, SmtpTls.NONE, SmtpLogin.NONE, "localhost", SmtpLimits.DEFAULT,
                SmtpTimeouts.DEFAULT);
    }

    public SmtpSettings withTls(SmtpTls changed) {
        return new SmtpSettings(host, port, changed, login, ehloName, limits, timeouts);
    }

    public SmtpSettings withLogin(SmtpLogin changed) {
        return new SmtpSettings(host, port, tls, changed, ehloName, limits, timeouts);
    }

    public SmtpSettings withEhloName(String changed) {
        return new SmtpSettings(host, port, tls, login, changed, limits, timeouts);
    }

    public SmtpSettings withLimits(SmtpLimits changed) {
        return new SmtpSettings(host, port, tls, login, ehloName, changed, timeouts);
    }

    public SmtpSettings withTimeouts(SmtpTimeouts changed) {
        return new SmtpSettings(host, port, tls, login, ehloName, limits, changed);
    }

    private static void requireHost(String host) {
        boolean literal = host.indexOf(':') >= 0 && host.matches("[0-9A-Fa-f:.]{2,45}");
        if (literal) {
            return;
        }
        try {
            if (host.isBlank() || IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).length() > 253) {
                throw new IllegalArgumentException("smtp host is empty or too long");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("smtp host is not a host name or an IP address", e);
        }
    }
}
