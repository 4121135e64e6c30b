package io.countersign.server.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate made with the keytool of the running Java. */
record TestCertificate(Path keyStore, Path pem) {
    static final String PASSWORD = "changeit";

    /** @param subject as keytool's SAN extension, such as {@code ip:127.0.0.1} */
    static TestCertificate create(Path directory, String name, String subject) throws Exception {
        var store = directory.resolve(name + ".p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var keytool = new ProcessBuilder(tool, "-genkeypair", "-alias", "test", "-keyalg", "EC",
                "-dname", "CN=" + name, "-ext", "san=" + subject, "-validity", "2", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD)
                .redirectErrorStream(true).redirectOutput(directory.resolve(name + ".log").toFile()).start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("keytool failed: " + Files.readString(directory.resolve(name + ".log")));
        }
        return new TestCertificate(store, writePem(directory.resolve(name + ".pem"), load(store)));
    }

    SSLContext serverContext() throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static Path writePem(Path file, KeyStore store) throws GeneralSecurityException, IOException {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("test").getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + encoded
                + "\n-----END CERTIFICATE-----\n");
    }
}
