package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The unpacked programs of PostgreSQL, one directory per build of them. */
record Binaries(Path home) {

    /** The major version: the format of a cluster depends on it. */
    static final String MAJOR_VERSION = "18";

    private static final String UNPACKING = ".unpacking-";

    /** Unpacks what the classpath holds for this machine, unless that was done before. */
    static Binaries unpackedIn(Path directory) {
        var archive = archive();
        try {
            var home = directory.resolve(nameOf(archive));
            if (!Files.isDirectory(home)) {
                unpack(archive, home);
            }
            return new Binaries(home);
        } catch (IOException failed) {
            throw new PostgresException(Code.SETUP_FAILED,
                    "The PostgreSQL programs could not be unpacked into " + directory + ": " + failed,
                    failed);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Removes other builds and unfinished attempts; only for a directory that nobody else uses. */
    void removeOthers() throws IOException {
        try (var builds = Files.list(home.getParent())) {
            for (var other : builds.filter(build -> !build.equals(home)).toList()) {
                DataDirectory.deleteTree(other);
            }
        }
    }

    private static URL archive() {
        var system = System.getProperty("os.name");
        var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var name = switch (processor) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-linux-arm_64.txz";
            default -> "";
        };
        var found = system.equals("Linux") && !name.isEmpty()
                ? Binaries.class.getClassLoader().getResource(name) : null;
        if (found == null) {
            throw new PostgresException(Code.PLATFORM_UNSUPPORTED, "No embedded PostgreSQL for " + system
                    + " on " + processor
                    + ": install PostgreSQL 15 or newer and use --database jdbc:postgresql://...");
        }
        return found;
    }

    /** The checksum in the jar's directory tells builds apart without reading them. */
    private static String nameOf(URL archive) throws IOException {
        var connection = archive.openConnection();
        connection.setUseCaches(false);
        if (!(connection instanceof JarURLConnection jar)) {
            return "postgresql-" + MAJOR_VERSION + "-" + Long.toHexString(connection.getContentLengthLong());
        }
        try (var file = jar.getJarFile()) {
            var entry = file.getEntry(jar.getEntryName());
            return "postgresql-" + MAJOR_VERSION + "-" + Long.toHexString(entry.getCrc());
        }
    }

    /**
     * Nobody sees half of it: it appears under its name at once, and may have appeared by somebody else's
     * hand.
     */
    private static void unpack(URL archive, Path home) throws IOException {
        var unfinished = Files.createTempDirectory(home.getParent(), UNPACKING);
        try {
            DataDirectory.create(unfinished, "rwxr-xr-x");
            extract(archive, unfinished);
            writeBack(unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            DataDirectory.force(home.getParent());
        } catch (IOException failed) {
            if (!Files.isDirectory(home)) {
                throw failed;
            }
        } finally {
            DataDirectory.deleteTree(unfinished);
        }
    }

    private static void extract(URL archive, Path target) throws IOException {
        try (var packed = new BufferedInputStream(archive.openStream(), 1 << 16);
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (needed(entry.getName())) {
                    extract(tar, entry, target);
                }
            }
        }
    }

    /** Leaves out what only serves to compile against PostgreSQL. */
    private static boolean needed(String name) {
        return !name.endsWith(".a") && !name.contains("pkgconfig/") && !name.contains("pgxs/");
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive names a file outside of itself: " + entry.getName());
        }
        createFolders(entry.isDirectory() ? path : path.getParent(), target);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(
                    (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        }
    }

    /** Open to every user, also under a closed umask; the archive does not list all of them. */
    private static void createFolders(Path folder, Path top) throws IOException {
        if (!folder.equals(top) && !Files.isDirectory(folder)) {
            createFolders(folder.getParent(), top);
            DataDirectory.create(folder, "rwxr-xr-x");
        }
    }

    /**
     * A loss of power after the move must not leave empty files: one flush of the file system, not a
     * thousand.
     */
    private static void writeBack(Path directory) throws IOException {
        var sync = Command.find("sync");
        if (sync.isPresent()) {
            new Command(List.of(sync.get().toString(), "-f", directory.toString())).run("");
        }
    }
}
