package io.countersign.domain.customer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person is called elsewhere, and how.
 *
 * @param externalIds by name, the current one first; a merge may leave more than one of a name
 * @param fields      custom fields: text, numbers, booleans
 * @param source      where the customer came from first, for the Loops view
 */
public record Profile(Optional<String> firstName, Optional<String> lastName,
                      SortedMap<String, List<String>> externalIds, SortedMap<String, Object> fields,
                      Optional<String> source, Optional<String> userGroup) {
    public static final int MOST_FIELDS = 100;
    public static final int MOST_IDS = 50;
    public static final Profile EMPTY = new Profile(Optional.empty(), Optional.empty(), new TreeMap<>(),
            new TreeMap<>(), Optional.empty(), Optional.empty());

    public Profile {
        externalIds = Collections.unmodifiableSortedMap(new TreeMap<>(externalIds));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** Values to set; an absent optional leaves the field, an empty text clears it. */
    public record Patch(Optional<String> firstName, Optional<String> lastName, Map<String, Object> fields,
                        Optional<String> source, Optional<String> userGroup) {
        public static final Patch NOTHING = new Patch(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(),
                Optional.empty());

        public Patch {
            fields = Collections.unmodifiableMap(new java.util.HashMap<>(fields));
        }

        public Patch withUserGroup(Optional<String> group) {
            return new Patch(firstName, lastName, fields, source, group);
        }

        public Patch withName(Optional<String> first, Optional<String> last) {
            return new Patch(first, last, fields, source, userGroup);
        }
    }

    /** Whether it has grown beyond what one customer may have. */
    boolean isTooLarge(Profile before) {
        return fields.size() > Math.max(MOST_FIELDS, before.fields.size())
                || externalIds.size() > Math.max(MOST_IDS, before.externalIds.size());
    }

    public Profile patched(Patch patch) {
        var changed = new TreeMap<>(fields);
        patch.fields().forEach((name, value) -> {
            if (value == null || "".equals(value)) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        });
        return new Profile(patched(firstName, patch.firstName()), patched(lastName, patch.lastName()), externalIds,
                changed, patched(source, patch.source()), patched(userGroup, patch.userGroup()));
    }

    private static Optional<String> patched(Optional<String> before, Optional<String> value) {
        return value.isEmpty() ? before : value.filter(text -> !text.isEmpty());
    }

    /** The same with this external id in front; what it replaces is given up. */
    public Profile withExternalId(String name, String value) {
        var changed = new TreeMap<>(externalIds);
        changed.put(name, List.of(value));
        return new Profile(firstName, lastName, changed, fields, source, userGroup);
    }

    /** This profile with the blanks filled from another; ids of both are kept (CU12). */
    public Profile filledFrom(Profile other) {
        var ids = new TreeMap<>(externalIds);
        other.externalIds.forEach((name, values) -> ids.merge(name, values, Profile::united));
        var both = new TreeMap<>(other.fields);
        both.putAll(fields);
        return new Profile(firstName.or(other::firstName), lastName.or(other::lastName), ids, both,
                source.or(other::source), userGroup.or(other::userGroup));
    }

    private static List<String> united(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
