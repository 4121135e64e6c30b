package io.countersign.server;

import io.countersign.server.message.RetrySchedule;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Given;
import io.countersign.server.platform.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code countersign rehearse}: starts on an empty directory of its own, answers itself a few requests, and ends. The
 * build runs it once so that the JVM can keep what a start needs ({@code -XX:AOTCacheOutput}).
 */
final class RehearseCommand {
    private static final List<String> PATHS = List.of("/health/ready", "/f/newsletter", "/f/newsletter", "/mail",
            "/metrics", "/v1/eligibility");

    static final Command COMMAND = Command.of("rehearse", "Start, answer a few requests, and end.",
            RehearseCommand::run).asHidden();

    private RehearseCommand() {}

    private static int run(Given given) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("countersign-rehearsal");
        try {
            var storage = DatabaseOptions.at(data.resolve("data"));
            var options = new Server.Options(HttpSettings.onPort(0).withBind("127.0.0.1"), Optional.empty(),
                    RetrySchedule.parse(List.of("1m")), false);
            // Twice: the second start finds its data, as most starts do.
            for (int start = 0; start < 2; start++) {
                try (Server server = Server.start(options, storage, Optional.empty(), SettableClock.system())) {
                    ask(server.port());
                }
            }
            return 0;
        } finally {
            remove(data);
        }
    }

    private static void ask(int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10)).build();
                client.send(request, BodyHandlers.discarding());
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
