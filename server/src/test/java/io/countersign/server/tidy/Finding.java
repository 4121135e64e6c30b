package io.countersign.server.tidy;

import java.util.Comparator;
import java.util.List;

/**
 * Something that is not as it should be.
 *
 * @param line 0 for the file as a whole
 * @param size how much of it there is: 1, or the size of what is too large
 */
record Finding(String path, int line, String what, int size) {
    static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::path).thenComparingInt(Finding::line).thenComparing(Finding::what);

    static Finding at(SourceFile file, int line, String what) {
        return new Finding(file.path(), line, what, 1);
    }

    /** A single finding about a file. */
    static List<Finding> about(String path, String what) {
        return List.of(new Finding(path, 0, what, 1));
    }

    @Override
    public String toString() {
        return path + (line > 0 ? ":" + line : "") + ": " + what;
    }
}
