package io.countersign.server.platform.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path: a tree of segments, where a literal segment is tried before a parameter. */
final class RouteTable {

    /** A place in the tree, and the values of the parameters on the way to it. */
    record Place(Map<String, Route> routes, List<String> values) {

        /** The values by the names that this route gives them. */
        Map<String, String> params(Route route) {
            Map<String, String> params = new HashMap<>();
            int next = 0;
            for (String segment : segments(route.path())) {
                if (isParam(segment)) {
                    params.put(paramName(segment), values.get(next++));
                }
            }
            return params;
        }

        Collection<Route> all() {
            return routes.values();
        }
    }

    private static final class Node {
        private final Map<String, Node> literals = new LinkedHashMap<>();
        private final Map<String, Route> routes = new TreeMap<>();
        private @Nullable Node param;
        private @Nullable Node rest;
    }

    private final Node root = new Node();

    /**
     * @throws IllegalArgumentException if two routes have the same method and the same shape of path
     */
    RouteTable(List<Route> routes) {
        routes.forEach(this::add);
    }

    /**
     * The place of a path, or null when it is nobody's.
     *
     * @param path raw; its segments are decoded strictly
     * @throws ProblemException {@link Problem#MALFORMED_PATH}, {@link Problem#MALFORMED_UTF8}
     */
    @Nullable Place find(String path) {
        List<String> segments = segments(path).stream()
                .map(segment -> Percent.decode(segment, false, Problem.MALFORMED_PATH)).toList();
        return find(root, segments, 0, List.of());
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : segments(route.path())) {
            if (segment.endsWith("*}")) {
                node.rest = node.rest == null ? new Node() : node.rest;
                node = node.rest;
            } else if (isParam(segment)) {
                node.param = node.param == null ? new Node() : node.param;
                node = node.param;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalArgumentException("Two routes for " + route.method() + " " + route.path());
        }
    }

    private static @Nullable Place find(@Nullable Node node, List<String> segments, int at,
            List<String> values) {
        if (node == null) {
            return null;
        }
        if (at == segments.size()) {
            return node.routes.isEmpty() ? null : new Place(node.routes, values);
        }
        String segment = segments.get(at);
        Place place = find(node.literals.get(segment), segments, at + 1, values);
        if (place == null && !segment.isEmpty()) {
            place = find(node.param, segments, at + 1, plus(values, segment));
        }
        return place == null && node.rest != null ? rest(node.rest, segments, at, values) : place;
    }

    private static @Nullable Place rest(Node node, List<String> segments, int at, List<String> values) {
        List<String> rest = segments.subList(at, segments.size());
        boolean climbs = rest.stream().anyMatch(s -> s.equals(".") || s.equals("..") || s.contains("/"));
        return climbs ? null : new Place(node.routes, plus(values, String.join("/", rest)));
    }

    private static List<String> plus(List<String> values, String value) {
        List<String> all = new ArrayList<>(values);
        all.add(value);
        return all;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean isParam(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String paramName(String segment) {
        return segment.substring(1, segment.length() - (segment.endsWith("*}") ? 2 : 1));
    }
}
