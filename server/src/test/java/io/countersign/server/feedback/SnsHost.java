package io.countersign.server.feedback;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.countersign.server.platform.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A host of SNS: a real HTTPS server with a chain of certificates of its own, and the key that signs messages. */
final class SnsHost implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<String> SIGNED = List.of("Message", "MessageId", "SubscribeURL", "Subject", "Timestamp",
            "Token", "TopicArn", "Type");

    final AtomicInteger certificatesGiven = new AtomicInteger();
    final BlockingQueue<String> confirmed = new LinkedBlockingQueue<>();
    private final KeyStore store;
    private final HttpsServer server;

    SnsHost(Path directory) throws Exception {
        Path file = directory.resolve("sns.p12");
        keytool(file, "ca", "-ext", "bc:c");
        keytool(file, "host", "-signer", "ca", "-ext", "san=dns:localhost");
        keytool(file, "sns");
        store = KeyStore.getInstance(file.toFile(), PASSWORD);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(
                store.getCertificate("sns").getEncoded()) + "\n-----END CERTIFICATE-----\n";
        server.createContext("/sns.pem", exchange -> {
            certificatesGiven.incrementAndGet();
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.createContext("/huge.pem", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write(new byte[200_000]);
            }
        });
        server.createContext("/elsewhere.pem", exchange -> {
            exchange.getResponseHeaders().add("Location", address("/sns.pem"));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/endless.pem", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('-');
            exchange.getResponseBody().flush(); // and nothing more
        });
        server.createContext("/confirm", exchange -> {
            confirmed.add(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static void keytool(Path file, String alias, String... more) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", alias, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + alias,
                "-validity", "3650", "-startdate", "2026/01/01", "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        Path log = file.resolveSibling(alias + ".log");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }

    private SSLContext serverContext() throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("host", store.getKey("host", PASSWORD), PASSWORD, store.getCertificateChain("host"));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** This host is believed, and nobody else. */
    SnsSettings settings() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", store.getCertificate("ca"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new SnsSettings(uri -> uri.getHost().equals("localhost")
                && uri.getPort() == server.getAddress().getPort(), context, Duration.ofSeconds(10));
    }

    String address(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    /** A message as SNS posts it, without a signature. */
    Map<String, String> message(String type, String timestamp, String message) {
        var members = new LinkedHashMap<String, String>();
        members.put("Type", type);
        members.put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
        members.put("TopicArn", "arn:aws:sns:eu-west-1:123456789012:bounces");
        members.put("Message", message);
        members.put("Timestamp", timestamp);
        members.put("SigningCertURL", address("/sns.pem"));
        return members;
    }

    byte[] signed(Map<String, String> members, String version) {
        var text = new StringBuilder();
        SIGNED.stream().filter(members::containsKey).forEach(name ->
                text.append(name).append('\n').append(members.get(name)).append('\n'));
        try {
            var signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign((PrivateKey) store.getKey("sns", PASSWORD));
            signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
            members.put("SignatureVersion", version);
            members.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return Json.write(members);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
