package io.countersign.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The program curl, a client that was not written for this server. */
final class Curl {
    private final String url;

    private Curl(String url) {
        this.url = url;
    }

    /** What it printed, and the code that it got. */
    record Answer(int status, String body) {}

    /** Skips the calling test where curl is missing, but never in CI, which installs it. */
    static Curl to(String url) {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
        Assumptions.assumeTrue(there || System.getenv("CI") != null, "there is no curl here");
        return new Curl(url);
    }

    /** Posts the body with these header lines. */
    Answer post(String body, String... headers) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "30", "--noproxy", "*",
                "--request", "POST", "--data-binary", "@-", "--write-out", "\n%{http_code}"));
        for (String header : headers) {
            words.addAll(List.of("--header", header));
        }
        words.add(url);
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("curl: " + output);
        }
        int last = output.lastIndexOf('\n');
        return new Answer(Integer.parseInt(output.substring(last + 1)), output.substring(0, last));
    }
}
