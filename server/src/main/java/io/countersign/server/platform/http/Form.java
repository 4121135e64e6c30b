package io.countersign.server.platform.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a form body or of a query string, in the order they came. A name may come several times. */
public final class Form {

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * Parses {@code a=1&b=2} strictly.
     *
     * @param maxFields more pairs than this are a problem
     * @param broken    the problem for broken escapes, U+0000 and too many fields
     * @throws ProblemException {@code broken}, or {@link Problem#MALFORMED_UTF8}
     */
    static Form parse(String text, int maxFields, Problem broken) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start < text.length();) {
            int end = text.indexOf('&', start);
            String pair = text.substring(start, end < 0 ? text.length() : end);
            if (!pair.isEmpty()) {
                if (++count > maxFields) {
                    throw new ProblemException(broken, "There may be at most " + maxFields + " fields.");
                }
                add(fields, pair, broken);
            }
            start = end < 0 ? text.length() : end + 1;
        }
        return new Form(fields);
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Every value of that name, in order; empty when there is none. */
    public List<String> all(String name) {
        return Collections.unmodifiableList(fields.getOrDefault(name, List.of()));
    }

    /** The names, in the order in which they first came. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** The same without a name. */
    Form without(String name) {
        Map<String, List<String>> others = new LinkedHashMap<>(fields);
        others.remove(name);
        return new Form(others);
    }

    private static void add(Map<String, List<String>> fields, String pair, Problem broken) {
        int equals = pair.indexOf('=');
        String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true, broken);
        String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true, broken);
        fields.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }
}
