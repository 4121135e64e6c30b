package io.countersign.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.countersign.bench.RawSender.Signing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A campaign on its way to a mail server that discards it: each mail personalised, with signed links that are counted,
 * headers to leave by, and a DKIM signature; against the same bytes over raw sockets, as many connections, not
 * pipelined. An RSA signature alone costs the machine several times what the bytes do, so mails with one are also held
 * against bytes that are signed. On a server of its own, whose provider is that mail server.
 */
final class SendingWork {
    private static final String TOKEN = "cs_bench_owner_0123456789abcdef";
    private static final int CONNECTIONS = 8;
    private static final int MAILS = 50_000;
    /** Campaigns before those that count: so long the runtime's compiler works beside the server. */
    private static final int WARM_UPS = 3;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
    private static final String PROVISION = """
            providers:
              email: { kind: smtp, host: 127.0.0.1, port: %d, tls: none, connections: %d }
            projects:
              - slug: bench
                name: Bench
                brands:
                  - slug: shop
                    name: Bench Shop
                    sender: { email: "Bench Shop <hello@bench.test>" }
                    return_domain: bounces.bench.test
                operators:
                  - { email: owner@bench.test, password: correct-horse-battery, role: owner, token: %s }
            """;
    private static final String FILL = """
            insert into customers (project_id, customer_id, first_name, created_at, changed_at, last_action_at)
            select 1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n, now(), now(),
                   now()
            from generate_series(1, %1$d) as n;
            insert into contact_points (project_id, contact_id, customer_id, type, value, slot, verification,
                                        created_at)
            select 1, 100000000 + n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'email',
                   'person' || n || '@domain' || n %% 100 || '.test', 'primary', 'no_data', now()
            from generate_series(1, %1$d) as n;
            insert into subscriptions (project_id, customer_id, brand_id, channel, topic_id, status, changed_at)
            select 1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, 'email', 0, 'subscribed', now()
            from generate_series(1, %1$d) as n;
            analyze""";
    private static final String AGAIN = """
            delete from deliveries;
            update messages set state = 'queued', attempts = 0, done_at = null, due_at = now(), reason = null;
            vacuum messages;
            update campaigns set state = 'sending', done_at = null""";

    private final Options options;
    private final Report report;
    private final HttpClient client = HttpClient.newHttpClient();

    SendingWork(Options options, Report report) {
        this.options = options;
        this.report = report;
    }

    void run(Path folder) throws Exception {
        if (!options.has("sending")) {
            return;
        }
        for (String algorithm : List.of("rsa-sha256", "ed25519-sha256")) {
            run(Files.createDirectory(folder.resolve("sending-" + algorithm)), algorithm);
        }
    }

    private void run(Path folder, String algorithm) throws Exception {
        try (var sink = new DiscardingSink()) {
            var file = folder.resolve("provision.yaml");
            Files.writeString(file, PROVISION.formatted(sink.port(), CONNECTIONS, TOKEN));
            try (var server = new ServerUnderTest(folder, List.of("--provision", file.toString()))) {
                server.start();
                report.progress("a campaign to " + MAILS + " customers, signed with " + algorithm + " ...");
                setUp(server, algorithm);
                send(server, sink);
                for (int i = 0; i < WARM_UPS; i++) {
                    again(server, sink);
                }
                var profile = options.profile() ? Profile.start(server.pid(), folder) : null;
                String work = String.format(Locale.ROOT, "campaign sending, %d bytes each, DKIM with %s",
                        sink.last().length, algorithm);
                new Contest(server, options).run(_ -> again(server, sink), _ -> raw(sink, () -> _ -> { }))
                        .report(report, work, "0.7");
                if (profile != null) {
                    profile.stop(report, work);
                }
                if (algorithm.startsWith("rsa")) {
                    new Contest(server, options).run(_ -> again(server, sink), _ -> raw(sink, SendingWork::rsa))
                            .report(report, work + ", the ceiling signs as well", "0.7");
                }
            }
        }
    }

    private void setUp(ServerUnderTest server, String algorithm) throws Exception {
        try (var connection = Workers.connect(server.database())) {
            execute(connection, FILL.formatted(MAILS));
        }
        call(server, "POST", "/v1/brands/shop/dkim-keys", "{\"domain\":\"bench.test\",\"selector\":\"s1\","
                + "\"algorithm\":\"" + algorithm + "\"}");
        call(server, "POST", "/v1/campaigns", "{\"slug\":\"news\",\"name\":\"News\",\"kind\":\"bulk\","
                + "\"brand\":\"shop\",\"channel\":\"email\",\"profile\":\"standard\","
                + "\"audience\":{\"everybody\":true}}");
        var html = new StringBuilder("<html><body><h1>Hello ${Recipient.FirstName!\\\"friend\\\"}</h1>");
        for (int i = 0; i < 3; i++) {
            html.append("<p>").append("Something new for you, as every week. ".repeat(22))
                    .append("<a href=\\\"https://shop.test/item/").append(i).append("\\\">Look</a></p>");
        }
        html.append("<p><a data-link=\\\"unsubscribe-channel\\\">Leave</a></p></body></html>");
        call(server, "PUT", "/v1/campaigns/news/contents/a/en", "{\"subject\":\"News for "
                + "${Recipient.FirstName!\\\"you\\\"}\",\"html\":\"" + html + "\"}");
        call(server, "POST", "/v1/campaigns/news/finish", "{}");
        call(server, "POST", "/v1/campaigns/news/start", "{}");
    }

    private Round send(ServerUnderTest server, DiscardingSink sink) throws Exception {
        return await(server, sink, System.nanoTime(), 0);
    }

    /** The same recipients once more. */
    private Round again(ServerUnderTest server, DiscardingSink sink) throws Exception {
        try (var connection = Workers.connect(server.database())) {
            for (String statement : AGAIN.split(";")) {
                execute(connection, statement);
            }
        }
        return await(server, sink, System.nanoTime(), sink.taken());
    }

    /** Until each mail was taken and the campaign knows it. */
    private static Round await(ServerUnderTest server, DiscardingSink sink, long began, long before) throws Exception {
        while (sink.taken() < before + MAILS) {
            require(began);
            TimeUnit.MILLISECONDS.sleep(2);
        }
        long took = System.nanoTime() - began;
        try (var connection = Workers.connect(server.database())) {
            while (!isDone(connection)) {
                require(began);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        if (sink.taken() != before + MAILS) {
            throw new IllegalStateException((sink.taken() - before) + " mails for " + MAILS + " customers");
        }
        return new Round(MAILS, 0, took, took / MAILS, took / MAILS);
    }

    private static void require(long began) {
        if (System.nanoTime() - began > PATIENCE) {
            throw new IllegalStateException("the campaign does not end");
        }
    }

    private static Round raw(DiscardingSink sink, Supplier<Signing> signing) throws InterruptedException {
        long took = new RawSender(sink.port(), sink.last(), signing).send(MAILS, CONNECTIONS);
        return new Round(MAILS, 0, took, took / MAILS, took / MAILS);
    }

    /** With a key as long as the server's, by the fastest code there is for it here. */
    private static Signing rsa() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            var pairs = KeyPairGenerator.getInstance("RSA", provider);
            pairs.initialize(2048);
            PrivateKey key = pairs.generateKeyPair().getPrivate();
            var signature = Signature.getInstance("SHA256withRSA", provider);
            return message -> {
                signature.initSign(key);
                signature.update(message);
                signature.sign();
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isDone(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select 1 from campaigns where state = 'done'")) {
            return rows.next();
        }
    }

    private void call(ServerUnderTest server, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)).build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() > 299) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
