package io.countersign.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Calls of an operation, each about somebody new: answered at once, and put into the queue. */
final class OperationWork {
    private static final String EMAIL = "template@operations.test";
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Options options;
    private final Report report;
    private final ServerUnderTest server;
    private final LoadClient client;
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final Replay replay = new Replay(EMAIL);
    private final List<Round> accepted = new ArrayList<>();

    OperationWork(Options options, Report report, ServerUnderTest server) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.client = new LoadClient(server.port(), options.connections());
    }

    void run(Path folder) throws Exception {
        if (!options.has("operations-sync") && !options.has("operations-async")) {
            return;
        }
        prepare();
        if (options.has("operations-sync")) {
            measure(folder, "operations-sync", "operation, sync, to durable customer", this::postSync);
        }
        if (options.has("operations-async")) {
            measure(folder, "operations-async", "operation, async, until all are carried out", this::postAsync);
            report.note(String.format(Locale.ROOT,
                    "async operations accepted (durable in the queue): %,.0f per s at best",
                    accepted.stream().mapToDouble(Round::perSecond).max().orElse(0)));
        }
        checkThatAllIsThere();
    }

    private void prepare() throws Exception {
        try (var connection = Workers.connect(server.database())) {
            Replay.open(connection);
            var left = new AtomicInteger(1);
            client.run(() -> left.getAndDecrement() > 0 ? call("sync", EMAIL) : null, Duration.ofSeconds(10));
            var rows = Written.between(connection, Map.of(), Written.of(connection, customer(connection)));
            report.note("an operation writes, beside its entry in the log of calls: " + rows.summary());
            replay.inserts(connection, rows.inserted());
        }
    }

    private void measure(Path folder, String name, String work, Contest.Side http) throws Exception {
        var profile = options.profile() ? Profile.start(server.pid(), folder) : null;
        new Contest(server, options).run(http, this::writeRows).report(report, work, "1.0");
        if (profile != null) {
            profile.stop(report, name);
        }
    }

    private Round postSync(Duration time) throws Exception {
        return client.run(calls("sync"), time);
    }

    /** Counts until the last is carried out, which is later than the last was accepted. */
    private Round postAsync(Duration time) throws Exception {
        long began = System.nanoTime();
        Round posted = client.run(calls("async"), time);
        accepted.add(posted);
        try (var connection = Workers.connect(server.database())) {
            while (isBusy(connection)) {
                if (System.nanoTime() - began > PATIENCE) {
                    throw new IllegalStateException("the queue does not become empty");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        return new Round(posted.done(), posted.failed(), System.nanoTime() - began, posted.p50(), posted.p99());
    }

    private static boolean isBusy(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select exists (select 1 from operation_calls where state = 'queued')")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private Supplier<byte[]> calls(String mode) {
        return () -> call(mode, "person" + called.incrementAndGet() + "@operations.test");
    }

    private Round writeRows(Duration time) throws Exception {
        return Workers.run(server.database(), time, connection -> {
            var prepared = replay.prepare(connection);
            return () -> {
                replay.run(prepared, written.incrementAndGet());
                return true;
            };
        });
    }

    /** The template is one more than were counted. */
    private void checkThatAllIsThere() throws Exception {
        try (var connection = Workers.connect(server.database());
                var counts = connection.createStatement().executeQuery(
                        "select (select count(*) from contact_points where value like '%@operations.test') as real,"
                        + " (select count(*) from bench.customers) as made_up")) {
            counts.next();
            if (counts.getInt("real") != called.get() + 1 || counts.getInt("made_up") != written.get()) {
                throw new IllegalStateException(counts.getInt("real") + " customers after " + called + " calls, "
                        + counts.getInt("made_up") + " after writing " + written);
            }
        }
    }

    private static Object customer(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select customer_id from contact_points where value = ?")) {
            statement.setString(1, EMAIL);
            var rows = statement.executeQuery();
            if (!rows.next()) {
                throw new IllegalStateException("the first operation left nothing");
            }
            return rows.getObject(1);
        }
    }

    private static byte[] call(String mode, String email) {
        String body = "{\"customer\":{\"email\":\"" + email + "\",\"firstName\":\"Ann\","
                + "\"subscriptions\":[{\"brand\":\"shop\",\"pointOfContact\":\"Email\"}]}}";
        return ("POST /v3/operations/" + mode + "?endpointId=site&operation=Site.RegisterOrAppend HTTP/1.1\r\n"
                + "Host: localhost\r\nAuthorization: SecretKey cs_bench_key_0123456789abcdef\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
