package io.countersign.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The data of a server with nothing set up, made once by the packaged program: starting on a copy saves each server
 * the unpacking of PostgreSQL, the making of its cluster and all migrations.
 */
final class Prepared {
    private static final String PROGRAMS = "bin";
    private static final String CLUSTER = "postgres";

    private Prepared() {}

    private static final class Holder {
        static final Path DATA = make();
    }

    /** Gives a server its own cluster, and the programs that all share. */
    static void copyTo(Path data) {
        try {
            Files.createDirectories(data);
            Files.createSymbolicLink(data.resolve(PROGRAMS), Holder.DATA.resolve(PROGRAMS));
            // Unlike the library, cp keeps the owner: as root, PostgreSQL runs as somebody else.
            var copy = new ProcessBuilder("cp", "-a", Holder.DATA.resolve(CLUSTER).toString(),
                    data.resolve(CLUSTER).toString()).inheritIO().start();
            Await.until("the copy of the cluster", () -> !copy.isAlive());
            if (copy.exitValue() != 0) {
                throw new AssertionError("the cluster could not be copied to " + data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of PostgreSQL's programs, from the archive that the packaged server carries along. */
    static Path program(String name) {
        try (var builds = Files.list(Holder.DATA.resolve(PROGRAMS))) {
            return builds.findFirst().orElseThrow().resolve("bin").resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make() {
        var folder = Folders.create("prepared");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        var data = folder.resolve("data");
        var nothing = folder.resolve("nothing.yaml");
        new Provision("projects: []\n").write(nothing);
        var run = Program.run(Map.of(), "provision", "--data", data.toString(), nothing.toString());
        if (run.code() != 0) {
            throw new AssertionError(run.output());
        }
        return data;
    }
}
