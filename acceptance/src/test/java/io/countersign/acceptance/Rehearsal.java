package io.countersign.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The cache of loaded classes beside the packaged server, made by a rehearsed start as {@code bin/countersign} makes
 * it: with it a start takes half as long.
 */
final class Rehearsal {
    private static Outcome outcome;

    private Rehearsal() {}

    /**
     * How a rehearsal ended.
     *
     * @param left what it left in its folder for temporary files
     */
    record Outcome(Program.Ended ended, List<String> left) {}

    /** What tells the JVM to use the cache, which is made first where it is missing or older than the jar. */
    static synchronized List<String> options() {
        if (outcome == null && !isNew()) {
            outcome = run();
        }
        // What of the cache does not fit is loaded as ever.
        return Files.exists(cache()) ? List.of("-XX:AOTCache=" + cache(), "-Xlog:aot*=off") : List.of();
    }

    /** The rehearsal that made the cache; it is done again if an earlier run of the tests has made it. */
    static synchronized Outcome outcome() {
        if (outcome == null) {
            outcome = run();
        }
        return outcome;
    }

    private static Outcome run() {
        Path unfinished = cache().resolveSibling(cache().getFileName() + ".new");
        Path folder = Folders.create("temporary");
        try {
            var ended = Program.run(List.of("-Djava.io.tmpdir=" + folder, "-XX:AOTCacheOutput=" + unfinished,
                    "-Xlog:disable"), Map.of(), List.of("rehearse"));
            if (Files.exists(unfinished)) {
                Files.move(unfinished, cache(), StandardCopyOption.ATOMIC_MOVE);
            }
            try (var left = Files.list(folder)) {
                return new Outcome(ended, left.map(file -> file.getFileName().toString()).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static Path cache() {
        return Program.jar().resolveSibling("countersign.aot");
    }

    private static boolean isNew() {
        try {
            return Files.exists(cache()) && Files.getLastModifiedTime(cache())
                    .compareTo(Files.getLastModifiedTime(Program.jar())) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
