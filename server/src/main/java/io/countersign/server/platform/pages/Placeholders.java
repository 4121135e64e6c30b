package io.countersign.server.platform.pages;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Placeholders such as {@code {brand}} within a text. */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

    private Placeholders() {}

    /** One pass: what a value contains is never looked at again. A placeholder without a value is a fault. */
    static String fill(String text, String... namesAndValues) {
        return NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), namesAndValues)));
    }

    static Set<String> namesIn(String text) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static String value(String name, String... namesAndValues) {
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return namesAndValues[i + 1];
            }
        }
        throw new IllegalArgumentException("no value for {" + name + "}");
    }
}
