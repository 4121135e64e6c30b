package io.countersign.server.platform.http;

import java.util.List;
import java.util.Map;

/**
 * What a server serves.
 *
 * @param routes   the route table
 * @param errors   by path prefix, how to tell about paths that no route has, so that a dialect's callers and
 *                 the readers of pages are answered in their own shape; the longest prefix counts
 * @param observer told about every request
 */
public record Site(List<Route> routes, Map<String, ErrorRenderer> errors, RequestObserver observer) {

    public Site {
        routes = List.copyOf(routes);
        errors = Map.copyOf(errors);
    }

    /** Routes alone: problem documents for unknown paths, and nobody told. */
    public static Site of(List<Route> routes) {
        return new Site(routes, Map.of(), RequestObserver.NONE);
    }

    ErrorRenderer errorsAt(String path) {
        return errors.entrySet().stream().filter(entry -> path.startsWith(entry.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue).orElse(ErrorRenderer.PROBLEM_JSON);
    }
}
