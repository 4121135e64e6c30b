package io.countersign.server.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The project's own files: what is built, downloaded or private to a developer's tools is left out. */
final class SourceTree {
    private static final Set<String> FOREIGN =
            Set.of(".git", "target", "data", "node_modules", ".idea", ".vscode");
    private static final Set<String> TEXT = Set.of("java", "jte", "md", "sql", "xml", "yaml", "yml", "json",
            "properties", "css", "js", "svg", "txt", "html", "sh", "csv", "");

    private SourceTree() {}

    /** The root of the project, where the parent pom lies. */
    static Path root() {
        String given = System.getProperty("countersign.root");
        Path folder = Path.of(given == null ? "" : given).toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("server/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** All text files, sorted by path. */
    static List<SourceFile> read(Path root) {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(root, new Collector(files));
            var sources = new ArrayList<SourceFile>();
            for (Path file : files) {
                String path = root.relativize(file).toString().replace('\\', '/');
                sources.add(new SourceFile(path, Files.readString(file)));
            }
            sources.sort(java.util.Comparator.comparing(SourceFile::path));
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Path> files;

        Collector(List<Path> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FOREIGN.contains(String.valueOf(folder.getFileName())) ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            if (TEXT.contains(dot < 0 ? "" : name.substring(dot + 1)) && !name.equals(".git")) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
