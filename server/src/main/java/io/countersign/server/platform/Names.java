package io.countersign.server.platform;

import java.util.Locale;

/** The text form of enum constants in tables and JSON: lower case with underscores. */
public final class Names {
    private Names() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a stored name; an unknown one is a fault of the data. */
    public static <E extends Enum<E>> E parse(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
