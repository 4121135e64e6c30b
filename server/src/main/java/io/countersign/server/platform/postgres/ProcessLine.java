package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command line of a process. Unlike its working directory, everybody may read it, also root in a
 * container without the right to trace processes. Empty for a process that is gone or a zombie.
 */
record ProcessLine(List<String> words) {

    static ProcessLine of(long pid) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "cmdline"));
            return new ProcessLine(List.of(new String(bytes, StandardCharsets.UTF_8).split("\0")));
        } catch (IOException gone) {
            return new ProcessLine(List.of());
        }
    }

    String text() {
        return String.join(" ", words);
    }

    /** What a postmaster was started with as {@code -D}. */
    Optional<String> dataDirectory() {
        boolean postmaster = !words.isEmpty() && words.getFirst().endsWith("/postgres");
        int at = postmaster ? words.indexOf("-D") : -1;
        return at > 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }
}
