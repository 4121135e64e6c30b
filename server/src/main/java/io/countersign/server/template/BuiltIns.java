package io.countersign.server.template;

import io.countersign.server.template.Type.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The built-ins of FreeMarker that a text may use: all that are quick, and make little out of little. */
final class BuiltIns {
    /**
     * One of them.
     *
     * @param written arguments must be written out, not computed
     * @param grows   it can make a longer text; only one of them in an expression
     * @param result  empty: what it is used on, or one of its items
     */
    record Known(int fewest, int most, boolean written, boolean grows, Optional<Value> result) {}

    private static final Map<String, Known> KNOWN = new LinkedHashMap<>();

    static {
        texts(0, "upper_case", "lower_case", "cap_first", "uncap_first", "capitalize", "trim");
        known(Value.TEXT, 1, 1, true, false, "keep_before", "keep_after", "keep_before_last", "keep_after_last",
                "remove_beginning", "remove_ending");
        known(Value.TEXT, 2, 2, true, true, "replace");
        known(Value.TEXT, 1, 1, true, true, "join");
        known(Value.TEXT, 0, 0, true, true, "url");
        known(Value.TEXT, 0, 0, false, false, "c");
        known(Value.TEXT, 0, 2, true, false, "string");
        known(Value.ANY, 1, 1, true, false, "split");
        known(Value.NUMBER, 0, 0, false, false, "length", "number", "round", "floor", "ceiling", "abs", "int", "size",
                "index", "counter");
        known(Value.YES_NO, 1, 1, true, false, "contains", "starts_with", "ends_with", "seq_contains");
        known(Value.YES_NO, 0, 0, false, false, "has_content", "has_next", "is_first", "is_last", "is_even_item",
                "is_odd_item");
        known(Value.TEXT, 0, 0, false, false, "item_parity");
        known(Value.MOMENT, 0, 0, false, false, "date", "time", "datetime");
        known(Value.ANY, 2, 2, false, false, "then");
        KNOWN.put("first", new Known(0, 0, false, false, Optional.empty()));
        KNOWN.put("last", KNOWN.get("first"));
        KNOWN.put("reverse", KNOWN.get("first"));
    }

    private BuiltIns() {}

    private static void texts(int arguments, String... names) {
        known(Value.TEXT, arguments, arguments, false, false, names);
    }

    private static void known(Value result, int fewest, int most, boolean written, boolean grows, String... names) {
        for (String name : names) {
            KNOWN.put(name, new Known(fewest, most, written, grows, Optional.of(result)));
        }
    }

    static Optional<Known> of(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    /** Those that tell where a loop is, and so stand after its variable only. */
    static boolean isOfLoop(String name) {
        return switch (name) {
            case "index", "counter", "has_next", "is_first", "is_last", "is_even_item", "is_odd_item", "item_parity" ->
                    true;
            default -> false;
        };
    }

    static String list() {
        return String.join(", ", KNOWN.keySet());
    }
}
