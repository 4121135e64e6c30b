package io.countersign.server.platform.postgres;

import static io.countersign.server.platform.postgres.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private final Workplace workplace = new Workplace();

    @AfterEach
    void cleanUp() throws Exception {
        workplace.close();
    }

    @Test
    void rootLendsItAnUnprivilegedUser() throws Exception {
        assumeTrue(Workplace.isRoot(), "needs root: this run is an ordinary user's");
        try (var postgres = workplace.prepared().start()) {
            var process = Path.of("/proc", String.valueOf(postgres.pid()));
            assertThat(Account.ownerOf(process).uid()).isNotZero();
            assertThat(Account.ownerOf(workplace.data().resolve("postgres")).uid()).isNotZero();
            assertThat(Files.readString(process.resolve("status"))).containsPattern("CapEff:\\s0+\n");
        }
    }

    @Test
    void anOrdinaryUserRunsItDirectly() throws Exception {
        assumeTrue(Workplace.isRoot(), "needs root to become another user: every other test ran as this one");
        var nobody = List.of(Command.find("setpriv").orElseThrow().toString(), "--reuid=65534",
                "--regid=65534", "--clear-groups", "--no-new-privs");
        var jars = Files.createDirectory(workplace.top().resolve("jars"));
        var home = Files.createDirectory(workplace.top().resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        var data = home.resolve("data");
        var classPath = OwnerProcess.classPathCopiedTo(jars);
        var unpackedByRoot = Binaries.unpackedIn(Workplace.binaries()).home().getParent().toString();
        try (var owner = OwnerProcess.start(nobody, classPath, data, unpackedByRoot, "ask")) {
            assertThat(owner.awaitEnd()).isZero();
            assertThat(owner.seen()).contains("on");
        }
        assertThat(Account.ownerOf(data.resolve("postgres")).uid()).isEqualTo(65534);
        try (var rootAfterwards = EmbeddedPostgres.start(data, Workplace.settings())) {
            assertThat(ask(rootAfterwards, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aDirectoryOfRootOnlyWorksOrIsNamed() throws Exception {
        assumeTrue(Workplace.isRoot(), "needs root: this run is an ordinary user's");
        var closed = Files.createDirectory(workplace.top().resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (var postgres = EmbeddedPostgres.start(closed.resolve("data"), Workplace.settings())) {
            ask(postgres, "create table kept as select 1 as n");
        } catch (PostgresException refused) {
            assertThat(refused).hasMessageContaining("chmod o+x " + closed);
            assertThat(refused.code()).isEqualTo(Code.DATA_DIRECTORY_UNUSABLE);
            return;
        }
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx--x--x"));
        try (var opened = EmbeddedPostgres.start(closed.resolve("data"), Workplace.settings())) {
            assertThat(ask(opened, "select n from kept")).isEqualTo("1");
            assertThat(Account.ownerOf(closed.resolve("data/postgres")).uid()).isNotZero();
        }
    }

    @Test
    void aSecondOwnerInAnotherProcessIsRefusedInOneLine() throws Exception {
        try (var first = OwnerProcess.start(workplace.prepared().data(), "hold")) {
            first.awaitReady();
            assertThatThrownBy(workplace::start).hasMessage("The data directory " + workplace.data()
                    + " is in use by another Countersign server (process " + first.pid() + ").")
                    .extracting("code").isEqualTo(Code.DATA_DIRECTORY_IN_USE);
        }
    }

    @Test
    void aSecondOwnerInThisProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (var first = workplace.prepared().start()) {
            var message = "The data directory " + workplace.data()
                    + " is in use by another Countersign server (process "
                    + ProcessHandle.current().pid() + ").";
            assertThatThrownBy(workplace::start).hasMessage(message);
            try (var stranger = OwnerProcess.start(workplace.data(), "hold")) {
                assertThat(stranger.awaitLine("refused "))
                        .isEqualTo("refused DATA_DIRECTORY_IN_USE " + message);
            }
            assertThat(ask(first, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void ordinaryExitOfTheServerStopsIt() throws Exception {
        try (var owner = OwnerProcess.start(workplace.prepared().data(), "exit")) {
            long pid = owner.awaitReady();
            assertThat(owner.awaitEnd()).isZero();
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
        assertThat(workplace.data().resolve("postgres/postmaster.pid")).doesNotExist();
    }
}
