package io.countersign.server.tidy;

import java.util.List;

/**
 * One text file of the project.
 *
 * @param path from the root of the project, with slashes
 */
record SourceFile(String path, String text) {
    private static final List<String> PRODUCT = List.of("domain/", "server/", "client/");

    List<String> lines() {
        return text.lines().toList();
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    /** Part of what is delivered, not of its tests or of the bench. */
    boolean isProduct() {
        return isJava() && path.contains("/src/main/") && PRODUCT.stream().anyMatch(path::startsWith);
    }

    String module() {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    /** The name without folder and without ending. */
    String name() {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    /**
     * The package below the module's root package: {@code platform.http}; empty for the root package itself.
     */
    String packageBelow() {
        String marker = "/io/countersign/" + module();
        int at = path.indexOf(marker);
        if (at < 0) {
            return "";
        }
        String rest = path.substring(at + marker.length());
        int end = rest.lastIndexOf('/');
        return end <= 0 ? "" : rest.substring(1, end).replace('/', '.');
    }

    /** The first segment of {@link #packageBelow()}. */
    String feature() {
        String below = packageBelow();
        return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
    }
}
