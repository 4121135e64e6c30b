package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the system or of PostgreSQL, run with nothing inherited: no PG* variables, no directory, no
 * locale.
 */
record Command(List<String> words) {

    private static final int LIMIT_SECONDS = 120;
    private static final int OUTPUT_LIMIT = 1 << 20;
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    record Result(int status, String output) {

        boolean succeeded() {
            return status == 0;
        }

        /** The end of the output in one line, for messages. */
        String inOneLine() {
            var line = output.strip().replaceAll("\\s*\\R\\s*", " | ");
            return line.length() <= 600 ? line : "..." + line.substring(line.length() - 600);
        }
    }

    static Command of(List<String> prefix, String... words) {
        return new Command(Stream.concat(prefix.stream(), Stream.of(words)).toList());
    }

    /** Where the system keeps a program, looked up in the standard places only. */
    static Optional<Path> find(String program) {
        return Stream.of(PATH.split(":")).map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable).findFirst();
    }

    /** Runs to the end, with the given text as its input. */
    Result run(String input) throws IOException {
        var process = start();
        try {
            var reader = new ArrayList<byte[]>();
            var reading = Thread.ofPlatform().daemon().start(() -> reader.add(outputOf(process)));
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedBeforeReadingAll) {
                // The status and the output tell why.
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(words.getFirst() + " did not end within " + LIMIT_SECONDS + " s");
            }
            reading.join();
            return new Result(process.exitValue(), new String(reader.getFirst(), StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            throw PostgresException.interrupted(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Starts it with output and errors in one stream. The working directory is one that everybody may enter.
     */
    Process start() throws IOException {
        var builder = new ProcessBuilder(words).directory(Path.of("/").toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder.start();
    }

    private static byte[] outputOf(Process process) {
        try (var out = process.getInputStream()) {
            var bytes = out.readNBytes(OUTPUT_LIMIT);
            out.skip(Long.MAX_VALUE);
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
