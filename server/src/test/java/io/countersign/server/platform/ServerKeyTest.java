package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.database.Database;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerKeyTest {
    private final SecureRandom random = new SecureRandom();
    @TempDir
    private Path directory;
    private Database database;

    @BeforeEach
    void open() {
        database = TestPostgres.database();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyNodeReadsTheSameKeyFromTheDatabase() {
        byte[] sealed = load(Optional.empty()).seal(new byte[] {1, 2, 3});
        assertThat(load(Optional.empty()).open(sealed)).containsExactly(1, 2, 3);
    }

    @Test
    void aKeyFileIsMadeForItsOwnerOnlyAndTheDatabaseKeepsAFingerprint() throws IOException {
        Path file = directory.resolve("keys/server.key");
        byte[] sealed = load(Optional.of(file)).seal(new byte[] {4});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(load(Optional.of(file)).open(sealed)).containsExactly(4);
        assertThat(secretsInDatabase()).isZero();
    }

    @Test
    void aKeyInTheDatabaseMovesToTheFileOnceOneIsNamed() {
        byte[] sealed = load(Optional.empty()).seal(new byte[] {5});
        Path file = directory.resolve("server.key");
        assertThat(load(Optional.of(file)).open(sealed)).containsExactly(5);
        assertThat(secretsInDatabase()).isZero();
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        Path file = directory.resolve("server.key");
        load(Optional.of(file));
        Files.writeString(file, "ab".repeat(32));
        assertThatThrownBy(() -> load(Optional.of(file))).isInstanceOf(StartRefused.class)
                .hasMessageContaining("is not the key of this database");
    }

    @Test
    void aMissingFileOfAKnownKeyIsRefusedAndNotMadeAnew() throws IOException {
        Path file = directory.resolve("server.key");
        load(Optional.of(file));
        Files.delete(file);
        assertThatThrownBy(() -> load(Optional.of(file))).isInstanceOf(StartRefused.class)
                .hasMessageContaining("is missing");
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyKeptInAFileIsNotReplacedByOneInTheDatabase() {
        load(Optional.of(directory.resolve("server.key")));
        assertThatThrownBy(() -> load(Optional.empty())).isInstanceOf(StartRefused.class)
                .hasMessageContaining("--key-file");
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("server.key"), "hello");
        assertThatThrownBy(() -> load(Optional.of(file))).isInstanceOf(StartRefused.class)
                .hasMessageContaining("64 hexadecimal digits");
    }

    private Secrets load(Optional<Path> file) {
        return ServerKey.load(database, file, random, TestClock.standing());
    }

    private int secretsInDatabase() {
        return database.with(tx ->
                tx.one("select count(secret) as n from server_keys", row -> row.integer("n")))
                .orElseThrow();
    }
}
