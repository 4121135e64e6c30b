package io.countersign.server.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificates of the Java runtime and those of the given PEM files, as one TLS context. */
final class TrustedCertificates {
    private TrustedCertificates() {
    }

    /** @throws IllegalArgumentException if a file cannot be read or has no certificate in it */
    static SSLContext context(List<Path> pemFiles) {
        try {
            if (pemFiles.isEmpty()) {
                return SSLContext.getDefault();
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(pemFiles));
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(List<Path> pemFiles) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        addRuntimeCertificates(store);
        for (var file : pemFiles) {
            addFile(store, file);
        }
        return store;
    }

    private static void addRuntimeCertificates(KeyStore store) throws GeneralSecurityException {
        var runtime = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        runtime.init((KeyStore) null);
        for (var manager : runtime.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (var certificate : x509.getAcceptedIssuers()) {
                    store.setCertificateEntry("runtime-" + store.size(), certificate);
                }
            }
        }
    }

    private static void addFile(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(file)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no certificate in " + file);
            }
            for (var certificate : certificates) {
                store.setCertificateEntry("file-" + store.size(), certificate);
            }
        }
    }
}
