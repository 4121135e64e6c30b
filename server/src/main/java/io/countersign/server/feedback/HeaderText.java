package io.countersign.server.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Groups of header fields that stand in the text of a part: delivery reports, complaints, returned headers. */
final class HeaderText {
    private static final int MOST_GROUPS = 51;
    private static final int MOST_FIELDS = 200;

    private HeaderText() {}

    /** The groups, separated by empty lines; those beyond a bound are left out. */
    static List<Map<String, List<String>>> groups(String text) {
        var groups = new ArrayList<Map<String, List<String>>>();
        Map<String, List<String>> group = new LinkedHashMap<>();
        for (String line : unfolded(text).split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (line.isBlank() && !group.isEmpty() && groups.size() < MOST_GROUPS) {
                groups.add(group);
                group = new LinkedHashMap<>();
            } else if (colon > 0 && group.size() < MOST_FIELDS) {
                group.computeIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        _ -> new ArrayList<>(1)).add(line.substring(colon + 1).strip());
            }
        }
        if (!group.isEmpty() && groups.size() < MOST_GROUPS) {
            groups.add(group);
        }
        return groups;
    }

    private static String unfolded(String text) {
        return text.replaceAll("\r?\n(?=[ \t]+\\S)", "");
    }
}
