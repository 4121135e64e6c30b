package io.countersign.server.feedback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** Checks that messages are signed by SNS. A certificate is believed because of the host that gives it out. */
final class SnsSignatures {
    private static final System.Logger LOG = System.getLogger(SnsSignatures.class.getName());

    private final SnsFetcher fetcher;
    private final Cache<URI, X509Certificate> certificates =
            Caffeine.newBuilder().maximumSize(20).expireAfterWrite(Duration.ofHours(6)).build();

    SnsSignatures(SnsFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Returns when the message is signed, and recent.
     *
     * @throws ProblemException {@link Problem#FORBIDDEN} when it is not, {@link Problem#BUSY} when the certificate
     *     could not be had just now
     */
    void require(SnsMessage message, Instant now) {
        URI address = fetcher.allowed(message.text("SigningCertURL"))
                .filter(uri -> uri.getPath().endsWith(".pem")).orElseThrow(SnsSignatures::refused);
        String algorithm = message.algorithm().orElseThrow(SnsSignatures::refused);
        X509Certificate certificate = certificate(address);
        try {
            certificate.checkValidity(Date.from(now));
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(certificate);
            signature.update(message.signed());
            if (!signature.verify(Base64.getDecoder().decode(message.text("Signature")))) {
                throw refused();
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refused();
        }
        message.requireRecent(now);
    }

    private X509Certificate certificate(URI address) {
        X509Certificate known = certificates.getIfPresent(address);
        if (known != null) {
            return known;
        }
        try {
            var fetched = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(fetcher.fetch(address)));
            certificates.put(address, fetched);
            return fetched;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the certificate of SNS cannot be fetched: " + e.getMessage());
            throw new ProblemException(Problem.BUSY, "The certificate cannot be fetched now.")
                    .withHeader("Retry-After", "30");
        } catch (GeneralSecurityException e) {
            throw refused();
        }
    }

    private static ProblemException refused() {
        return new ProblemException(Problem.FORBIDDEN, "The message is not signed by SNS.");
    }
}
