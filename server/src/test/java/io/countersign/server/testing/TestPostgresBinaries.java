package io.countersign.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per machine and user from the archive on the class path. */
final class TestPostgresBinaries {
    private static final int NOBODY = 65534;

    private TestPostgresBinaries() {}

    static Path directory() throws IOException {
        String archive = "/postgres-linux-"
                + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm_64")
                + ".txz";
        try (InputStream packed = TestPostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException(archive + " is not on the class path");
            }
            Path parent = Path.of(System.getProperty("java.io.tmpdir"));
            String name = "countersign-test-binaries-" + uid(parent) + "-" + packed.available();
            Path unpacked = parent.resolve(name);
            return ownDirectory(unpacked) ? unpacked : unpack(packed, parent, unpacked);
        }
    }

    /**
     * What to put before a command so that it is not run as root, which PostgreSQL refuses; gives it the
     * directory.
     */
    static List<String> asOrdinaryUser(Path directory) throws IOException {
        if (uid(Path.of("/proc/self")) != 0) {
            return List.of();
        }
        Files.setAttribute(directory, "unix:uid", NOBODY);
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                "--no-new-privs");
    }

    /** Somebody else's directory of that name in a shared place is not to be trusted. */
    private static boolean ownDirectory(Path unpacked) throws IOException {
        return Files.isDirectory(unpacked) && uid(unpacked) == uid(Path.of("/proc/self"));
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static Path unpack(InputStream packed, Path parent, Path unpacked) throws IOException {
        Path fresh = Files.createTempDirectory(parent, "countersign-unpacking-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (var entries = new TarArchiveInputStream(new XZInputStream(packed))) {
            TarArchiveEntry entry;
            while ((entry = entries.getNextEntry()) != null) {
                write(entries, entry, fresh.resolve(entry.getName()).normalize());
            }
        }
        try {
            return Files.move(fresh, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            return unpacked;   // another JVM was faster
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(
                    (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
