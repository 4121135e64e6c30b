package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The cluster in a data directory: created once, complete or not at all, and owned by the right user. */
final class Cluster {

    static final String USER = "countersign";
    static final String DATABASE = "countersign";

    private static final String CREATING = "postgres.creating-";

    private final DataDirectory data;
    private final Account account;
    private final Binaries binaries;

    Cluster(DataDirectory data, Account account, Binaries binaries) {
        this.data = data;
        this.account = account;
        this.binaries = binaries;
    }

    void prepare() throws IOException {
        if (isEmpty(data.cluster())) {
            create();
        } else {
            check();
            account.own(data.cluster());
        }
    }

    private void check() throws IOException {
        var versionFile = data.cluster().resolve("PG_VERSION");
        var owner = Account.ownerOf(data.cluster());
        if (account.prefix().isEmpty() && !owner.equals(account.owner())
                && owner.uid() != account.owner().uid()) {
            throw unusable("belongs to another user (uid " + owner.uid()
                    + "): start the server as that user or as root.");
        }
        if (!Files.isRegularFile(versionFile)) {
            throw unusable("is not a PostgreSQL cluster: move it away, or choose another data directory.");
        }
        var version = Files.readString(versionFile).strip();
        if (!version.equals(Binaries.MAJOR_VERSION)) {
            throw unusable("was written by PostgreSQL " + version + ", this server brings PostgreSQL "
                    + Binaries.MAJOR_VERSION + ": export with the server that wrote it, and import here.");
        }
    }

    private void create() throws IOException {
        removeUnfinished();
        var unfinished = data.root().resolve(CREATING + ProcessHandle.current().pid());
        try {
            DataDirectory.create(unfinished, "rwx------");
            account.own(unfinished);
            initialise(unfinished);
            createDatabase(unfinished);
            Files.move(unfinished, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
            // Were this name lost with the power, the next start would begin with an empty cluster.
            DataDirectory.force(data.root());
        } finally {
            DataDirectory.deleteTree(unfinished);
        }
    }

    private void initialise(Path directory) throws IOException {
        var initdb = Command.of(account.prefix(), binaries.program("initdb"), "-D", directory.toString(),
                "-U", USER, "-E", "UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
                // The socket lies in a directory of mode 0700: who gets there could read the files as well.
                "--auth-local=trust", "--auth-host=scram-sha-256", "--data-checksums", "--no-instructions");
        expect("initdb", initdb.run(""));
    }

    private void createDatabase(Path directory) throws IOException {
        expect("create database", Command.of(account.prefix(), binaries.program("postgres"), "--single",
                "-D", directory.toString(), "-j", "template1").run("create database " + DATABASE + ";\n\n"));
    }

    private void expect(String step, Command.Result result) {
        if (!result.succeeded() || result.output().contains("ERROR:")) {
            throw new PostgresException(Code.SETUP_FAILED, "The PostgreSQL cluster could not be created in "
                    + data.root() + " (" + step + "): " + result.inOneLine());
        }
    }

    private void removeUnfinished() throws IOException {
        List<Path> left;
        try (var files = Files.list(data.root())) {
            left = files.filter(file -> file.getFileName().toString().startsWith(CREATING)).toList();
        }
        for (var directory : left) {
            DataDirectory.deleteTree(directory);
        }
    }

    private PostgresException unusable(String why) {
        return new PostgresException(Code.DATA_DIRECTORY_UNUSABLE, data.cluster() + " " + why);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
