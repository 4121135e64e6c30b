package io.countersign.server.platform.postgres;

import io.countersign.server.platform.postgres.PostgresException.Code;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as. PostgreSQL refuses to run as root, so root lends it an unprivileged one.
 *
 * @param prefix the words to put before a command so that it runs as this user
 */
record Account(Owner owner, List<String> prefix) {

    record Owner(int uid, int gid) {
    }

    /** Chooses the user for a data directory; all the given directories can be reached by it. */
    static Account forData(DataDirectory data, Path... directories) throws IOException {
        var self = new Owner(currentUid(), attribute(Path.of("/proc/self"), "unix:gid"));
        if (self.uid() != 0) {
            return new Account(self, List.of());
        }
        var user = unprivileged(data);
        for (var directory : directories) {
            var closed = firstClosedTo(user, directory);
            if (closed.isPresent()) {
                return rootWithoutRights(self).orElseThrow(() -> unreachable(user, closed.get()));
            }
        }
        return new Account(user, setpriv(user));
    }

    static int currentUid() throws IOException {
        return attribute(Path.of("/proc/self"), "unix:uid");
    }

    static Owner ownerOf(Path path) throws IOException {
        return new Owner(attribute(path, "unix:uid"), attribute(path, "unix:gid"));
    }

    /** Gives a directory and all in it to this user, the top last: an interrupted change is done again. */
    void own(Path top) throws IOException {
        if (!ownerOf(top).equals(owner)) {
            Files.walkFileTree(top, new Giver(owner));
        }
    }

    private static Owner unprivileged(DataDirectory data) throws IOException {
        if (Files.isDirectory(data.cluster(), LinkOption.NOFOLLOW_LINKS)) {
            var before = ownerOf(data.cluster());
            if (before.uid() != 0) {
                return before;
            }
        }
        return Stream.of("countersign", "nobody").flatMap(name -> passwd(name).stream()).findFirst()
                .orElseThrow(() -> new PostgresException(Code.NO_UNPRIVILEGED_USER,
                        "PostgreSQL does not run as root, and there is no user \"countersign\" or \"nobody\" "
                                + "to run it as: add one."));
    }

    private static Optional<Owner> passwd(String name) {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":")).filter(f -> f.length > 3 && f[0].equals(name))
                    .map(f -> new Owner(Integer.parseInt(f[2]), Integer.parseInt(f[3]))).findFirst();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Path> firstClosedTo(Owner user, Path directory) throws IOException {
        for (int depth = 0; depth <= directory.getNameCount(); depth++) {
            var top = directory.getRoot();
            var ancestor = depth == 0 ? top : top.resolve(directory.subpath(0, depth));
            if (Files.exists(ancestor) && !mayEnter(user, ancestor)) {
                return Optional.of(ancestor);
            }
        }
        return Optional.empty();
    }

    private static boolean mayEnter(Owner user, Path directory) throws IOException {
        var owner = ownerOf(directory);
        int bit = user.uid() == owner.uid() ? 0100 : user.gid() == owner.gid() ? 0010 : 0001;
        int mode = attribute(directory, "unix:mode");
        return (mode & bit) != 0;
    }

    private static List<String> setpriv(Owner user) {
        var program = Command.find("setpriv")
                .orElseThrow(() -> new PostgresException(Code.NO_UNPRIVILEGED_USER,
                        "PostgreSQL does not run as root, and setpriv (util-linux) is missing: "
                                + "install it, or start the server as an ordinary user."));
        return List.of(program.toString(), "--reuid=" + user.uid(), "--regid=" + user.gid(), "--clear-groups",
                "--no-new-privs");
    }

    /**
     * Below a directory that only root may enter (such as root's home), PostgreSQL can only run as root
     * without the rights of root: in a user namespace of its own. Many containers do not allow that.
     */
    private static Optional<Account> rootWithoutRights(Owner root) throws IOException {
        var unshare = Command.find("unshare");
        if (unshare.isEmpty()) {
            return Optional.empty();
        }
        var prefix = List.of(unshare.get().toString(), "--user");
        return Command.of(prefix, "true").run("").succeeded()
                ? Optional.of(new Account(root, prefix)) : Optional.empty();
    }

    private static PostgresException unreachable(Owner user, Path closed) {
        return new PostgresException(Code.DATA_DIRECTORY_UNUSABLE, "The directory " + closed
                + " is closed to the user that PostgreSQL runs as (uid " + user.uid() + "): run \"chmod o+x "
                + closed + "\", or choose a data directory elsewhere, or start the server as an ordinary user.");
    }

    private static int attribute(Path path, String name) throws IOException {
        Map<String, Object> read = Files.readAttributes(path, name,
                path.startsWith("/proc") ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS});
        return (Integer) Objects.requireNonNull(read.get(name.substring(name.indexOf(':') + 1)));
    }

    private static final class Giver extends SimpleFileVisitor<Path> {

        private final Owner owner;

        Giver(Owner owner) {
            this.owner = owner;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            return give(file);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            return give(directory);
        }

        private FileVisitResult give(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
        }
    }
}
