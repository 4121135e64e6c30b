package io.countersign.server.feedback;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Where signing certificates may be fetched from and subscriptions be confirmed at.
 *
 * @param allowed  the address of a host that is believed; always over https
 * @param tls      whom such a host must prove itself to
 * @param patience how long an answer may take to its end
 */
record SnsSettings(Predicate<URI> allowed, SSLContext tls, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z0-9-]{1,40}\\.amazonaws\\.com(\\.cn)?");

    /** Amazon's own hosts, and the certificates of the Java runtime. */
    static SnsSettings ofAmazon() {
        try {
            return new SnsSettings(uri -> HOST.matcher(uri.getHost()).matches() && uri.getPort() == -1,
                    SSLContext.getDefault(), PATIENCE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
