package io.countersign.server.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of a row by column. Of a file's row only what the file names: what it leaves out stays as it is. */
final class Columns {
    private final Map<String, Object> values = new LinkedHashMap<>();

    static Columns of(String column, Object value) {
        return new Columns().with(column, value);
    }

    Columns copy() {
        return new Columns().with(this);
    }

    Columns with(String column, Object value) {
        values.put(column, value);
        return this;
    }

    Columns with(Columns others) {
        values.putAll(others.values);
        return this;
    }

    Columns named(String column, Optional<?> value) {
        value.ifPresent(present -> values.put(column, present));
        return this;
    }

    /** Adds those of {@code defaults} that are not here. */
    Columns orElse(Columns defaults) {
        defaults.values.forEach(values::putIfAbsent);
        return this;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    List<Object> values() {
        return new ArrayList<>(values.values());
    }
}
