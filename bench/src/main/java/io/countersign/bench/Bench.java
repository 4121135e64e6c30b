package io.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Run by bin/bench. */
public final class Bench {
    private static final String PROVISION = """
            providers:
              email: { kind: smtp, host: 127.0.0.1, port: %d, tls: none }
            projects:
              - slug: bench
                name: Bench
                limits: { form_posts_per_minute_and_ip: 100000 }
                brands:
                  - slug: shop
                    name: Bench Shop
                    double_opt_in: { email: true }
                    sender: { email: "Bench Shop <hello@bench.test>" }
                    topics: [ { slug: news, name: News, public: true } ]
                integrations:
                  - slug: site
                    brand: shop
                    verify: { email: true }
                    keys: [ { name: main, secret: cs_bench_key_0123456789abcdef } ]
                    operations:
                      - { name: Site.RegisterOrAppend, step: register-or-append, calls_per_minute: 1000000 }
                forms:
            %s""";

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bin/bench: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        var folder = Files.createTempDirectory("countersign-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            System.out.println(run(options, folder));
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static String run(Options options, Path folder) throws Exception {
        var report = new Report();
        report.note(machine());
        if (!options.only().equals(Set.of("sending"))) {
            onOneServer(options, report, folder);
        }
        new SendingWork(options, report).run(folder);
        return report.markdown();
    }

    private static void onOneServer(Options options, Report report, Path folder) throws Exception {
        try (var sink = new HoldingSink()) {
            var file = folder.resolve("provision.yaml");
            Files.writeString(file, PROVISION.formatted(sink.port(), Work.forms()));
            try (var server = new ServerUnderTest(folder, List.of("--provision", file.toString()))) {
                start(options, report, server);
                var work = new Work(options, report, server, sink);
                work.signUps(folder);
                work.confirms(folder);
                work.eligibility(folder);
                new OperationWork(options, report, server).run(folder);
                new SelectionWork(options, report, server).run();
                report.note("memory under that load: server " + Usage.resident(server.pid())
                        + " MiB resident, PostgreSQL "
                        + Usage.mebibytes(server.postgres()) + " MiB (shared pages once); " + work.customers()
                        + " customers");
            }
        }
    }

    private static void start(Options options, Report report, ServerUnderTest server) throws Exception {
        long first = server.start();
        if (!options.has("start")) {
            return;
        }
        report.note("first start ever, to the first answer: " + first + " ms (goal 6000)");
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            server.stop();
            best = Math.min(best, server.start());
        }
        report.note("start on existing data, to the first answer, best of 3: " + best + " ms (goal 1500)");
        report.note("memory after start: server " + Usage.resident(server.pid())
                + " MiB resident, PostgreSQL "
                + Usage.mebibytes(server.postgres()) + " MiB");
    }

    private static String machine() throws IOException {
        var processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':')
                        + 2))
                .findFirst().orElse("unknown");
        return "machine: " + Runtime.getRuntime().availableProcessors() + " processors, " + processor
                + "; load before "
                + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
