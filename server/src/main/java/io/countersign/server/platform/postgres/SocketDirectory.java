package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Where the unix-domain socket lies: a directory of mode 0700 that belongs to the user PostgreSQL runs as.
 */
record SocketDirectory(Path path) {

    /** The kernel's limit for the address of a unix-domain socket, without the closing zero. */
    private static final int LONGEST_PATH = 107;

    /**
     * Inside the data directory where the path is short enough, else below the system's temporary directory.
     */
    static SocketDirectory prepare(DataDirectory data, Account account) throws IOException {
        var path = choose(data);
        if (!path.startsWith(data.root())) {
            refuseForeign(path, account);
        }
        DataDirectory.create(path, "rwx------");
        var directory = new SocketDirectory(path);
        directory.clear();
        account.own(path);
        return directory;
    }

    /** A short name for the data directory, also the mark of its processes. */
    static String nameOf(DataDirectory data) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(data.root().toString().getBytes(StandardCharsets.UTF_8));
            return "countersign-" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    Path socket(int port) {
        return path.resolve(".s.PGSQL." + port);
    }

    /** Removes what a killed PostgreSQL left; the caller holds the lock and knows that none is running. */
    void clear() throws IOException {
        try (var files = Files.list(path)) {
            for (var file : files.filter(f -> f.getFileName().toString().startsWith(".s.PGSQL.")).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    void remove() throws IOException {
        clear();
        Files.deleteIfExists(path);
    }

    private static Path choose(DataDirectory data) {
        var temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        return Stream.of(data.sockets(), temporary.resolve(nameOf(data)), Path.of("/tmp", nameOf(data)))
                .filter(SocketDirectory::isShortEnough).findFirst().orElseThrow();
    }

    private static boolean isShortEnough(Path directory) {
        var longest = new SocketDirectory(directory).socket(65_535).toString();
        return longest.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** Anybody may have put something of that name into a public directory. */
    private static void refuseForeign(Path path, Account account) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int uid = Account.ownerOf(path).uid();
        boolean ours = uid == account.owner().uid() || uid == Account.currentUid();
        if (!ours || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new PostgresException(Code.DATA_DIRECTORY_UNUSABLE, path + ", the place for the socket of "
                    + "PostgreSQL, belongs to somebody else: remove it, or choose a shorter data path.");
        }
    }
}
