package io.countersign.server.platform.postgres;

import static io.countersign.server.platform.postgres.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

    private final Workplace workplace = new Workplace();

    @AfterEach
    void cleanUp() throws Exception {
        workplace.close();
    }

    @Test
    void dataSurvivesARestart() throws Exception {
        try (var first = workplace.start()) {
            ask(first, "create table kept as select 'Zoë' as name");
        }
        long begin = System.nanoTime();
        try (var second = workplace.start()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            assertThat(ask(second, "select name from kept")).isEqualTo("Zoë");
        }
    }

    @Test
    void isDurableAndHasNoOpenPort() throws Exception {
        var careless = Workplace.settings().withParameter("fsync", "off")
                .withParameter("listen_addresses", "*");
        try (var postgres = EmbeddedPostgres.start(workplace.data(), careless)) {
            assertThat(ask(postgres, """
                    select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
                     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums',
                                    'listen_addresses')
                    """)).isEqualTo("data_checksums=on fsync=on full_page_writes=on listen_addresses= "
                            + "synchronous_commit=on");
            assertThat(ask(postgres, """
                    select concat_ws(' ', datlocprovider, datlocale, pg_encoding_to_char(encoding))
                      from pg_database where datname = current_database()
                    """)).isEqualTo("b C.UTF-8 UTF8");
        }
    }

    @Test
    void propertiesLeadToItAsWellAsTheUrl() throws Exception {
        try (var postgres = workplace.start();
                var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1/countersign",
                        postgres.properties())) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aTcpPortAsksForThePassword() throws Exception {
        var settings = Workplace.settings().withTcp(0, "open sesame");
        try (var postgres = EmbeddedPostgres.start(workplace.prepared().data(), settings)) {
            var url = postgres.tcpJdbcUrl() + "&password=open%20sesame";
            try (var connection = DriverManager.getConnection(url)) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.tcpJdbcUrl() + "&password=guess"))
                    .isInstanceOf(SQLException.class).hasMessageContaining("password authentication failed");
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(settings.toString()).doesNotContain("sesame");
        }
    }

    @Test
    void closingStopsItAndTellsThatItWasAsked() throws Exception {
        var postgres = workplace.prepared().start();
        var exit = postgres.onExit();
        postgres.close();
        postgres.close();
        assertThat(exit.get(10, TimeUnit.SECONDS).asked()).isTrue();
        assertThat(exit.get().status()).isZero();
        assertThat(workplace.data().resolve("socket")).doesNotExist();
        assertThat(workplace.data().resolve("postgres/postmaster.pid")).doesNotExist();
        // What it said last is copied while it ends.
        Workplace.await("the end in the log", () -> log().contains("database system is shut down"));
    }

    private String log() {
        try {
            return Files.readString(workplace.data().resolve("postgres.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void closingAgainDoesNotTouchTheNextOwner() throws Exception {
        var before = workplace.prepared().start();
        before.close();
        try (var now = workplace.start()) {
            before.close();
            assertThat(ask(now, "select 1")).isEqualTo("1");
            assertThatThrownBy(workplace::start).extracting("code").isEqualTo(Code.DATA_DIRECTORY_IN_USE);
        }
    }

    @Test
    void theOwnerIsToldWhenItDies() throws Exception {
        try (var postgres = workplace.prepared().start()) {
            Signal.KILL.send(List.of(postgres.pid()));
            assertThat(postgres.onExit().get(10, TimeUnit.SECONDS).asked()).isFalse();
        }
        try (var again = workplace.start()) {
            assertThat(ask(again, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aPathTooLongForASocketIsNoObstacle() throws Exception {
        var deep = workplace.data().resolve("d".repeat(60)).resolve("e".repeat(60));
        try (var postgres = EmbeddedPostgres.start(deep, Workplace.settings())) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
            assertThat(postgres.socket().toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(108);
            assertThat(Files.getPosixFilePermissions(postgres.socket().getParent())).hasSize(3);
        }
    }

    @Test
    void whatAKilledRunLeftIsNoObstacle() throws Exception {
        try (var first = workplace.prepared().start()) {
            ask(first, "create table kept as select 1 as n");
        }
        Files.createDirectories(workplace.data().resolve("socket"));
        Files.writeString(workplace.data().resolve("socket/.s.PGSQL.5432"), "stale");
        var livingStranger = ProcessHandle.current().pid() + "\n";
        Files.writeString(workplace.data().resolve("socket/.s.PGSQL.5432.lock"), livingStranger);
        Files.writeString(workplace.data().resolve("postgres/postmaster.pid"),
                livingStranger + workplace.data().resolve("postgres") + "\n1\n5432\n\n\n1 1\nready\n");
        try (var second = workplace.start()) {
            assertThat(ask(second, "select n from kept")).isEqualTo("1");
        }
    }

    @Test
    void foreignContentIsRefusedAndKept() throws Exception {
        var letter = workplace.data().resolve("postgres/letter");
        Files.createDirectories(letter.getParent());
        Files.writeString(letter, "dear");
        assertThatThrownBy(workplace::start).hasMessageContaining("is not a PostgreSQL cluster")
                .extracting("code").isEqualTo(Code.DATA_DIRECTORY_UNUSABLE);
        assertThat(letter).hasContent("dear");
        Files.writeString(letter.resolveSibling("PG_VERSION"), "15\n");
        assertThatThrownBy(workplace::start).hasMessageContaining("was written by PostgreSQL 15")
                .extracting("code").isEqualTo(Code.DATA_DIRECTORY_UNUSABLE);
    }

    @Test
    void aParameterThatPostgresRefusesIsNamed() throws Exception {
        var settings = Workplace.settings().withParameter("shared_buffers", "much");
        workplace.prepared();
        assertThatThrownBy(() -> EmbeddedPostgres.start(workplace.data(), settings))
                .hasMessageContaining("shared_buffers").extracting("code").isEqualTo(Code.START_FAILED);
        try (var postgres = workplace.start()) {
            assertThat(Path.of("/proc", String.valueOf(postgres.pid()))).exists();
        }
    }
}
