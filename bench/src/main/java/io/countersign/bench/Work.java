package io.countersign.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The measurements, in the order in which each finds what it needs. */
final class Work {
    private static final String EMAIL = "template@x.test";
    /** Posts are limited by form and client, so they are spread over several forms. */
    private static final int FORMS = 16;

    private final Options options;
    private final Report report;
    private final ServerUnderTest server;
    private final HoldingSink sink;
    private final LoadClient client;
    private final AtomicInteger signedUp = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final Replay replay = new Replay(EMAIL);
    private Map<String, Written.Row> template;

    Work(Options options, Report report, ServerUnderTest server, HoldingSink sink) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.sink = sink;
        this.client = new LoadClient(server.port(), options.connections());
    }

    static String forms() {
        var forms = new StringBuilder();
        for (int i = 0; i < FORMS; i++) {
            forms.append("      - { id: form").append(i)
                    .append(", brand: shop, integration: site, topics: [news] }\n");
        }
        return forms.toString();
    }

    int customers() {
        return signedUp.get();
    }

    /** Form posts up to the queued mail; then how fast the mails go out. */
    void signUps(Path folder) throws Exception {
        report.progress("one sign-up, to see what it leaves in the database ...");
        try (var connection = Workers.connect(server.database())) {
            Replay.open(connection);
            sink.hold(true);
            client.run(once(signUp("form0", EMAIL)), Duration.ofSeconds(10));
            template = Written.of(connection, customer(connection));
            var left = Written.between(connection, Map.of(), template);
            report.note("a sign-up writes: " + left.summary());
            replay.inserts(connection, left.inserted());
            report.progress("sign-ups: " + replay.statements()
                    + " statements in one transaction are the ceiling");
        }
        if (options.has("sign-up")) {
            var profile = options.profile() ? Profile.start(server.pid(), folder) : null;
            new Contest(server, options).run(this::postSignUps, this::writeSignUps)
                    .report(report, "sign-up to durable queued mail", "1.0");
            if (profile != null) {
                profile.stop(report, "sign-up");
            }
        } else {
            postSignUps(options.seconds());
            writeSignUps(options.seconds());
        }
        checkThatAllIsThere();
        drain();
    }

    /** Both sides have written what they counted, and the template's customer is one more. */
    private void checkThatAllIsThere() throws Exception {
        try (var connection = Workers.connect(server.database());
                var counts = connection.createStatement().executeQuery(
                        "select (select count(*) from customers) as real,"
                        + " (select count(*) from bench.customers) as made_up")) {
            counts.next();
            if (counts.getInt("real") != signedUp.get() + 1 || counts.getInt("made_up") != written.get()) {
                throw new IllegalStateException(counts.getInt("real") + " customers after " + signedUp
                        + " sign-ups, " + counts.getInt("made_up") + " after writing " + written);
            }
        }
    }

    private Round postSignUps(Duration time) throws IOException {
        return client.run(() -> {
            int number = signedUp.incrementAndGet();
            return signUp("form" + number % FORMS, "person" + number + "@x.test");
        }, time);
    }

    private Round writeSignUps(Duration time) throws Exception {
        return Workers.run(server.database(), time, connection -> {
            var prepared = replay.prepare(connection);
            return () -> {
                replay.run(prepared, written.incrementAndGet());
                return true;
            };
        });
    }

    private void drain() throws InterruptedException {
        report.progress("letting " + signedUp + " mails go out ...");
        long before = sink.taken();
        long began = System.nanoTime();
        long cpu = Usage.cpuMillis(List.of(server.pid()));
        sink.hold(false);
        long enough = Math.min(signedUp.get(), 60_000);
        long last = began + TimeUnit.SECONDS.toNanos(40);
        while (sink.taken() < enough && System.nanoTime() < last) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        long sent = Math.max(1, sink.taken() - before);
        report.note(String.format(Locale.ROOT,
                "mails sent (prepared, signed links, recorded): %,.0f per s, %d us of the"
                + " server's CPU each", sent * 1e9 / (System.nanoTime() - began),
                (Usage.cpuMillis(List.of(server.pid())) - cpu) * 1000 / sent));
        sink.hold(true);
    }

    /** Posts of the page's button, with the tickets of mails that came. */
    void confirms(Path folder) throws Exception {
        if (!options.has("confirm")) {
            return;
        }
        var update = new Replay[1];
        try (var connection = Workers.connect(server.database())) {
            confirmTemplate(connection);
            var after = Written.of(connection, customer(connection));
            var left = Written.between(connection, template, after);
            report.note("a confirmation writes (+ inserted, ~ updated): " + left.summary());
            replay.forget();
            Replay.copyWordings(connection);
            replay.updates(connection, left.updated());
            replay.inserts(connection, left.inserted());
            update[0] = replay;
        }
        var number = new AtomicInteger();
        int most = written.get();
        var profile = options.profile() ? Profile.start(server.pid(), folder) : null;
        int share = Math.max(1, sink.tickets().size() / (options.rounds() + 1));
        new Contest(server, options).run(time -> client.run(confirmations(share), time),
                time -> Workers.run(server.database(), time, connection -> {
                    var prepared = update[0].prepare(connection);
                    return () -> {
                        int next = number.incrementAndGet();
                        if (next > most) {
                            return false;
                        }
                        update[0].run(prepared, next);
                        return true;
                    };
                })).report(report, "confirm to durable subscribed", "1.0");
        if (profile != null) {
            profile.stop(report, "confirm");
        }
    }

    private Supplier<byte[]> confirmations(int most) {
        var left = new AtomicInteger(most);
        return () -> {
            var ticket = left.getAndDecrement() > 0 ? sink.tickets().poll() : null;
            return ticket == null ? null : confirm(ticket);
        };
    }

    private void confirmTemplate(Connection connection) throws Exception {
        // The template signed up first, so its mail was among the first to come.
        var alone = new LoadClient(server.port(), 1);
        template = Written.of(connection, customer(connection));
        int tried = 0;
        for (var ticket = sink.tickets().poll(); ticket != null && tried < 500
                && !isConfirmed(connection); tried++) {
            alone.run(once(confirm(ticket)), Duration.ofSeconds(10));
            ticket = sink.tickets().poll();
        }
        if (!isConfirmed(connection)) {
            throw new IllegalStateException("the first sign-up is not confirmed by the first " + tried
                    + " mails");
        }
    }

    private static boolean isConfirmed(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select 1 from contact_points where value = ? and verification = 'confirmed'")) {
            statement.setString(1, EMAIL);
            return statement.executeQuery().next();
        }
    }

    /** Questions about customers that exist, against reads of one row each by its primary key. */
    void eligibility(Path folder) throws Exception {
        if (!options.has("eligibility")) {
            return;
        }
        long[] contacts = contacts();
        var profile = options.profile() ? Profile.start(server.pid(), folder) : null;
        new Contest(server, options).run(time -> client.run(this::question, time),
                time -> Workers.run(server.database(), time, connection -> reads(connection, contacts)))
                .report(report, "eligibility of one customer", "0.6");
        if (profile != null) {
            profile.stop(report, "eligibility");
        }
    }

    private static Workers.Operation reads(Connection connection, long[] contacts) throws SQLException {
        var statement = connection.prepareStatement(
                "select * from contact_points where project_id = ? and contact_id = ?");
        return () -> {
            statement.setInt(1, 1);
            statement.setLong(2, contacts[ThreadLocalRandom.current().nextInt(contacts.length)]);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        };
    }

    private long[] contacts() throws Exception {
        try (var connection = Workers.connect(server.database());
                var rows = connection.createStatement().executeQuery(
                        "select contact_id from contact_points where project_id = 1 limit 50000")) {
            var contacts = new ArrayList<Long>();
            while (rows.next()) {
                contacts.add(rows.getLong(1));
            }
            return contacts.stream().mapToLong(Long::longValue).toArray();
        }
    }

    private static Object customer(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select customer_id from contact_points where value = ?")) {
            statement.setString(1, EMAIL);
            var rows = statement.executeQuery();
            if (!rows.next()) {
                throw new IllegalStateException("the first sign-up left nothing");
            }
            return rows.getObject(1);
        }
    }

    private static Supplier<byte[]> once(byte[] request) {
        var left = new AtomicInteger(1);
        return () -> left.getAndDecrement() > 0 ? request : null;
    }

    private static byte[] signUp(String form, String email) {
        return post("/api/newsletter-form/" + form, "email=" + email.replace("@", "%40") + "&firstName=Ann");
    }

    private static byte[] confirm(String ticket) {
        return post("/c/" + ticket, "action=confirm");
    }

    private byte[] question() {
        int number = 1 + ThreadLocalRandom.current().nextInt(signedUp.get());
        return ("GET /v1/eligibility?brand=shop&email=person" + number
                + "%40x.test HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer cs_bench_key_0123456789abcdef\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] post(String path, String body) {
        return ("POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }
}
