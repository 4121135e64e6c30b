package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The commands of a page of {@code docs/guides}, typed as they stand there, one after the other.
 *
 * @param script what is typed
 */
record Guide(String script) {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^ *```sh\n(.*?)^ *```$");
    /** An answer that is no success ends the script, wherever it comes. */
    private static final String STRICT = """
            set -eo pipefail
            curl() { command curl -sS --fail-with-body "$@"; echo; }
            """;

    static Guide named(String name) throws IOException {
        String page = Files.readString(Path.of(System.getProperty("countersign.root"), "docs", "guides", name + ".md"));
        String commands = COMMANDS.matcher(page).results().map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        assertThat(commands).as(name).contains("/v1/");
        return new Guide(commands);
    }

    /** What the reader puts in for himself; it must stand there. */
    Guide with(String written, String meant) {
        assertThat(script).contains(written);
        return new Guide(script.replace(written, meant));
    }

    /** The same against a brand of its own. */
    Guide about(String brand) {
        return new Guide(script.replace("brands/shop", "brands/" + brand).replace("brand=shop", "brand=" + brand)
                .replaceAll("\"brand\": ?\"shop\"", "\"brand\":\"" + brand + "\""));
    }

    /**
     * All that was printed, as soon as every command has succeeded.
     *
     * @param variables beside {@code SERVER} and {@code TOKEN}
     */
    String run(URI server, Map<String, String> variables) throws IOException, InterruptedException {
        String base = server.toString().replaceAll("/$", "");
        var process = new ProcessBuilder("bash", "-c", STRICT + script.replace("http://localhost:8080", base)
                .replace("https://YOUR-SERVER", base)).redirectErrorStream(true);
        process.environment().putAll(Map.of("SERVER", base, "TOKEN", Provision.OWNER));
        process.environment().putAll(variables);
        var run = process.start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(output).isZero();
        return output;
    }

    /** Skips the calling test where a program is missing that the page asks for, but never in CI. */
    static void needs(String... programs) {
        for (String program : programs) {
            boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            Assumptions.assumeTrue(there || System.getenv("CI") != null, "there is no " + program + " here");
        }
    }
}
