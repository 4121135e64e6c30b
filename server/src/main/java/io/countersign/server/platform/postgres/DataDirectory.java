package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/** The data directory of one server, and the names of what lies in it. */
record DataDirectory(Path root) {

    /**
     * Creates it where missing. Root opens it for passing through: PostgreSQL runs as another user inside.
     */
    static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            var directory = new DataDirectory(path.toRealPath());
            directory.limitAccess();
            return directory;
        } catch (IOException refused) {
            throw new PostgresException(Code.DATA_DIRECTORY_UNUSABLE,
                    "The data directory " + path.toAbsolutePath() + " cannot be used: " + refused, refused);
        }
    }

    Path cluster() {
        return root.resolve("postgres");
    }

    Path binaries() {
        return root.resolve("bin");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path sockets() {
        return root.resolve("socket");
    }

    Path postmasterFile() {
        return cluster().resolve("postmaster.pid");
    }

    /** Makes a directory with exactly these permissions, whatever the umask is. */
    static void create(Path directory, String permissions) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    /** Makes the names inside a directory survive a loss of power. */
    static void force(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void deleteTree(Path top) throws IOException {
        try {
            Files.walkFileTree(top, new Deleter());
        } catch (NoSuchFileException gone) {
            // Nothing left to do.
        }
    }

    private void limitAccess() throws IOException {
        if (Account.currentUid() != 0 || Account.ownerOf(root).uid() != 0) {
            return;
        }
        var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(root));
        if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(root, permissions);
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
