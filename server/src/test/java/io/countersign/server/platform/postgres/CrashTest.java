package io.countersign.server.platform.postgres;

import static io.countersign.server.platform.postgres.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {

    private final Workplace workplace = new Workplace();

    enum Victim { SERVER, POSTGRES, BOTH }

    @AfterEach
    void cleanUp() throws Exception {
        workplace.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyAcknowledgedCommitSurvivesTheDeathOf(Victim victim) throws Exception {
        long acknowledged;
        try (var owner = OwnerProcess.start(workplace.prepared().data(), "insert")) {
            long postmaster = owner.awaitReady();
            owner.awaitLine("500");
            Signal.KILL.send(switch (victim) {
                case SERVER -> List.of(owner.pid());
                case POSTGRES -> List.of(postmaster);
                case BOTH -> List.of(postmaster, owner.pid());
            });
            acknowledged = owner.lastAcknowledged();
            if (victim == Victim.POSTGRES) {
                assertThat(owner.seen()).as("the owner is told").contains("ended asked=false");
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(500);
        try (var again = workplace.start()) {
            assertThat(ask(again, "select count(*) from kept where id <= " + acknowledged))
                    .isEqualTo(String.valueOf(acknowledged));
        }
    }

    @Test
    void postgresLeftByAKilledServerIsFoundAndStopped() throws Exception {
        long orphan;
        try (var owner = OwnerProcess.start(workplace.prepared().data(), "hold")) {
            orphan = owner.awaitReady();
            owner.kill();
        }
        assertThat(ProcessLine.of(orphan).dataDirectory())
                .as("the orphan lives on").contains(workplace.data().resolve("postgres").toString());
        try (var again = workplace.start()) {
            assertThat(ProcessLine.of(orphan).words()).as("the orphan is gone").isIn(List.of(), List.of(""));
            assertThat(again.pid()).isNotEqualTo(orphan);
            assertThat(Path.of("/proc", String.valueOf(again.pid()))).exists();
        }
    }

    @Test
    void anOrphanThatDoesNotListenIsStoppedByForce() throws Exception {
        long orphan;
        try (var owner = OwnerProcess.start(workplace.prepared().data(), "hold")) {
            orphan = owner.awaitReady();
            owner.kill();
        }
        new Command(List.of("/bin/sh", "-c", "kill -STOP " + orphan)).run("");
        var impatient = new Settings(Workplace.settings().binaries(), Optional.empty(),
                Duration.ofSeconds(30), Duration.ofMillis(100), true,
                Workplace.settings().parameters());
        try (var again = EmbeddedPostgres.start(workplace.data(), impatient)) {
            assertThat(ask(again, "select 1")).isEqualTo("1");
        }
    }
}
