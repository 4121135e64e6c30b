package io.countersign.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program, run as bin/countersign runs it. */
final class Program {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx256m",
            "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8");

    /** A rehearsal, after which the JVM writes what it has learnt, takes the longest. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Program() {}

    /** Starts it; both outputs go to the file, one after the other. */
    static Process start(Path output, Map<String, String> environment, List<String> arguments) {
        return start(output, usual(), environment, arguments);
    }

    private static Process start(Path output, List<String> options, Map<String, String> environment,
            List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.addAll(FLAGS);
        words.addAll(List.of("-jar", jar().toString()));
        words.addAll(arguments);
        var builder = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run that came to its end said, and its exit code. */
    record Ended(int code, String output) {}

    static Ended run(Map<String, String> environment, String... arguments) {
        return run(usual(), environment, List.of(arguments));
    }

    /** @param options for the JVM, beside those of every run */
    static Ended run(List<String> options, Map<String, String> environment, List<String> arguments) {
        var folder = Folders.create("run");
        try {
            var output = folder.resolve("output.txt");
            var process = start(output, options, environment, arguments);
            try {
                Await.until("the end of " + arguments, PATIENCE, () -> !process.isAlive());
                return new Ended(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<String> usual() {
        var options = new ArrayList<>(Rehearsal.options());
        if (Scale.isSmall()) {
            // In a run of a minute, optimizing code costs more than it brings.
            options.add("-XX:TieredStopAtLevel=1");
        }
        return options;
    }

    static Path jar() {
        var root = System.getProperty("countersign.root");
        var jar = Path.of(root == null ? ".." : root, "server", "target", "countersign.jar").toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("there is no " + jar
                    + ": these tests need the packaged server (mvn verify)");
        }
        return jar;
    }
}
