package io.countersign.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {

    @TempDir
    private Path directory;

    @Test
    void keepsTheLastLinesInTwoBoundedFiles() throws Exception {
        var file = directory.resolve("postgres.log");
        var log = new BoundedLog(file, 20_000);
        var lines = "a line of the log\n".repeat(10_000) + "the last line\n";
        log.copy(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        assertThat(Files.size(file)).isLessThanOrEqualTo(20_000);
        assertThat(Files.size(directory.resolve("postgres.log.1"))).isLessThanOrEqualTo(20_000);
        assertThat(file).content().endsWith("the last line\n");
        assertThat(log.lastLines()).endsWith("a line of the log | the last line").doesNotContain("\n");
    }

    @Test
    void aFileThatCannotBeWrittenDoesNotHoldUpTheWriter() {
        var log = new BoundedLog(directory.resolve("missing/postgres.log"), 20_000);
        log.copy(new ByteArrayInputStream("said\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(log.lastLines()).isEqualTo("said");
    }
}
