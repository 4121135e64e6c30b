package io.countersign.server.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a file. Each getter names a key that may stand there; {@link #end} then refuses all others.
 * Null is as good as left out. Texts are taken as they are written, so {@code on}, {@code 0123} and
 * {@code no} stay texts.
 */
final class Entry {
    private static final Set<String> NOT_BUILT = Set.of("webhooks", "campaigns", "flows", "templates");

    private final Place place;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> understood = new LinkedHashSet<>();

    private Entry(Place place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    /** @param path the path of the mapping, empty for the root */
    static Optional<Entry> of(Node node, String path, Problems problems) {
        var entry = new Entry(new Place(line(node), path), problems);
        if (!(node instanceof MappingNode mapping)) {
            problems.add(entry.place, "must be a mapping of keys to values");
            return Optional.empty();
        }
        mapping.getValue().forEach(tuple -> entry.take(tuple.getKeyNode(), tuple.getValueNode()));
        return Optional.of(entry);
    }

    private void take(Node key, Node value) {
        if (!(key instanceof ScalarNode name)) {
            problems.add(new Place(line(key), place.path()), "a key must be a text");
            return;
        }
        Place at = new Place(line(key), place.key(Rule.shown(name.getValue())).path());
        if (places.putIfAbsent(name.getValue(), at) != null) {
            problems.add(at, "stands here twice");
        } else if (!isNull(value)) {
            values.put(name.getValue(), value);
        }
    }

    Place place() {
        return place;
    }

    Problems problems() {
        return problems;
    }

    /** Where {@code key} stands, or where it should. */
    Place at(String key) {
        return places.getOrDefault(key, place.key(key));
    }

    Optional<String> text(String key, Rule rule) {
        return value(key).flatMap(node -> scalar(at(key), node))
                .flatMap(node -> checked(at(key), node, rule));
    }

    /** As {@link #text}; a missing value is refused and answered as an empty text. */
    String required(String key, Rule rule) {
        if (value(key).isEmpty()) {
            problems.add(at(key), "is needed");
        }
        return text(key, rule).orElse("");
    }

    Optional<Boolean> flag(String key) {
        return value(key).flatMap(node -> scalar(at(key), node)).flatMap(node -> switch (plain(node)) {
            case "true", "on", "yes" -> Optional.of(true);
            case "false", "off", "no" -> Optional.of(false);
            default -> {
                problems.add(at(key), "must be true or false" + Rule.butIs(node.getValue()));
                yield Optional.empty();
            }
        });
    }

    Optional<Integer> number(String key, int least, int most) {
        var rule = new Rule(text -> text.matches("[0-9]{1,9}") && within(Integer.parseInt(text), least, most),
                "must be a whole number from " + least + " to " + most);
        return text(key, rule).map(Integer::valueOf);
    }

    Optional<Entry> map(String key) {
        return value(key).flatMap(node -> of(node, at(key).path(), problems));
    }

    /** The mappings of a list; empty when there is none. */
    List<Entry> maps(String key) {
        return items(key, (at, node) -> of(node, at.path(), problems)).orElse(List.of());
    }

    /** The texts of a list; empty when the key is left out. */
    Optional<List<String>> texts(String key, Rule rule) {
        return texts(key, rule, (at, text) -> text);
    }

    /** As {@link #texts}, with the place of each. */
    <T> Optional<List<T>> texts(String key, Rule rule, BiFunction<Place, String, T> with) {
        return items(key, (at, node) -> scalar(at, node).flatMap(text -> checked(at, text, rule))
                .map(text -> with.apply(at, text)));
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    /** Refuses every key that no getter has named. */
    void end() {
        places.forEach((key, at) -> {
            if (!understood.contains(key)) {
                problems.add(at, NOT_BUILT.contains(key) ? "not built yet; leave it out" : unknown(key));
            }
        });
    }

    private interface Item<T> {
        Optional<T> read(Place at, Node node);
    }

    private <T> Optional<List<T>> items(String key, Item<T> item) {
        return value(key).flatMap(node -> {
            if (!(node instanceof SequenceNode list)) {
                problems.add(at(key), "must be a list");
                return Optional.empty();
            }
            var result = new ArrayList<T>();
            for (int i = 0; i < list.getValue().size(); i++) {
                Node element = list.getValue().get(i);
                var at = new Place(line(element), at(key).path() + "[" + i + "]");
                item.read(at, element).ifPresent(result::add);
            }
            return Optional.of(result);
        });
    }

    private Optional<Node> value(String key) {
        understood.add(key);
        return Optional.ofNullable(values.get(key));
    }

    private Optional<ScalarNode> scalar(Place at, Node node) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        problems.add(at, "must be a single value");
        return Optional.empty();
    }

    private Optional<String> checked(Place at, ScalarNode node, Rule rule) {
        Optional<String> wrong = rule.wrong(node.getValue());
        wrong.ifPresent(text -> problems.add(at, text));
        return wrong.isEmpty() ? Optional.of(node.getValue()) : Optional.empty();
    }

    private String unknown(String key) {
        return "unknown key" + Suggestion.closest(key, understood)
                .map(close -> " (did you mean \"" + close + "\"?)").orElse("");
    }

    private static boolean within(int number, int least, int most) {
        return number >= least && number <= most;
    }

    private static String plain(ScalarNode node) {
        return node.isPlain() ? node.getValue().toLowerCase(java.util.Locale.ROOT) : "";
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain()
                && Set.of("", "~", "null").contains(scalar.getValue());
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
