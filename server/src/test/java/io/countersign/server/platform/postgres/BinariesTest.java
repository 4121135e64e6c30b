package io.countersign.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BinariesTest {

    private final Workplace workplace = new Workplace();

    @AfterEach
    void cleanUp() throws Exception {
        workplace.close();
    }

    @Test
    void twoThatUnpackAtOnceEndWithOneCompleteCopy() throws Exception {
        var directory = Files.createDirectory(workplace.top().resolve("bin"));
        var other = CompletableFuture.supplyAsync(() -> Binaries.unpackedIn(directory));
        var binaries = Binaries.unpackedIn(directory);
        assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(binaries);
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(binaries.home()));
        var version = new Command(List.of(binaries.program("postgres"), "--version")).run("");
        assertThat(version.output()).startsWith("postgres (PostgreSQL) " + Binaries.MAJOR_VERSION + ".");
    }

    @Test
    void otherBuildsAndUnfinishedOnesAreRemoved() throws Exception {
        var home = Files.createDirectories(workplace.top().resolve("bin/postgresql-18-now"));
        Files.createDirectories(workplace.top().resolve("bin/postgresql-17-before/bin"));
        Files.createDirectories(workplace.top().resolve("bin/.unpacking-1/bin"));
        new Binaries(home).removeOthers();
        assertThat(home.getParent()).isDirectoryNotContaining(path -> !path.equals(home));
    }
}
