package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** What PostgreSQL prints, kept in a file and one older file, neither larger than a limit. */
final class BoundedLog {

    private static final int TAIL = 2_000;

    private final Path file;
    private final long limit;
    private byte[] tail = new byte[0];

    BoundedLog(Path file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /** Copies until the stream ends. A full disk loses lines, but never makes the writer wait. */
    void copy(InputStream in) {
        var buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                remember(buffer, n);
                append(buffer, n);
            }
        } catch (IOException closed) {
            // The process is gone.
        }
    }

    /** The last lines in one line, for messages. */
    synchronized String lastLines() {
        return new Command.Result(0, new String(tail, StandardCharsets.UTF_8)).inOneLine();
    }

    private synchronized void remember(byte[] buffer, int n) {
        var joined = Arrays.copyOf(tail, tail.length + n);
        System.arraycopy(buffer, 0, joined, tail.length, n);
        tail = Arrays.copyOfRange(joined, Math.max(0, joined.length - TAIL), joined.length);
    }

    private void append(byte[] buffer, int n) {
        try {
            if (Files.exists(file) && Files.size(file) + n > limit) {
                Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING);
            }
            try (var out = open()) {
                out.write(buffer, 0, n);
            }
        } catch (IOException full) {
            // See copy().
        }
    }

    private OutputStream open() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            var permissions = PosixFilePermissions.fromString("rw-r-----");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
        }
        return Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    private Path older() {
        return file.resolveSibling(file.getFileName() + ".1");
    }
}
