package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most one server per data directory: a lock that the kernel drops when its holder dies, in whatever way.
 */
final class DataLock implements AutoCloseable {

    // Closing any channel of a file drops all locks this process has on it: never open it twice.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DataLock acquire(DataDirectory data) {
        if (!HELD_HERE.add(data.root())) {
            throw inUse(data, String.valueOf(ProcessHandle.current().pid()));
        }
        try {
            return new DataLock(data.root(), lockedChannel(data));
        } catch (IOException refused) {
            HELD_HERE.remove(data.root());
            throw new PostgresException(Code.DATA_DIRECTORY_UNUSABLE,
                    "The data directory " + data.root() + " cannot be locked: " + refused, refused);
        } catch (RuntimeException failed) {
            HELD_HERE.remove(data.root());
            throw failed;
        }
    }

    @Override
    public void close() {
        try (channel) {
            channel.truncate(0);
        } catch (IOException alreadyGone) {
            // The number of a process that holds nothing is only a little misleading.
        } finally {
            HELD_HERE.remove(directory);
        }
    }

    private static FileChannel lockedChannel(DataDirectory data) throws IOException {
        var channel = FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() == null) {
                throw inUse(data, holder(channel));
            }
            var pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
    }

    private static PostgresException inUse(DataDirectory data, String pid) {
        return new PostgresException(Code.DATA_DIRECTORY_IN_USE, "The data directory " + data.root()
                + " is in use by another Countersign server"
                + (pid.matches("\\d+") ? " (process " + pid + ")." : "."));
    }
}
