package io.countersign.server.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A file with the server's key as 64 hexadecimal digits, readable by its owner only. */
final class KeyFile {
    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int LONGEST = 100;

    private final Path path;

    KeyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** The key, or nothing when there is no such file. */
    Optional<byte[]> read() throws IOException {
        try (var content = Files.newInputStream(path)) {
            String text = new String(content.readNBytes(LONGEST), StandardCharsets.ISO_8859_1).strip();
            if (!KEY.matcher(text).matches()) {
                throw new StartRefused("the key file " + path + " does not hold 64 hexadecimal digits");
            }
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Written aside, flushed, then named: a crash leaves the whole file or none. */
    void write(byte[] key) throws IOException {
        Files.createDirectories(path.getParent());
        Path aside = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(aside);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(aside, options, ownerOnly)) {
            channel.write(ByteBuffer.wrap((HexFormat.of().formatHex(key) + "\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
