package io.countersign.server.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is tolerated for now, as lines of {@code rule path amount}. It may shrink, not grow: more than is
 * written down is a finding, and so is a line that nothing needs any more.
 */
record Allowances(Map<String, Integer> amounts) {
    static final String PATH = "server/src/test/resources/tidy/allowances.txt";

    static Allowances parse(List<String> lines) {
        var amounts = new TreeMap<String, Integer>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int end = line.lastIndexOf(' ');
                amounts.put(line.substring(0, end), Integer.valueOf(line.substring(end + 1)));
            }
        }
        return new Allowances(amounts);
    }

    /** What of a rule's findings is more than allowed; all findings of such a file are told. */
    List<String> beyond(String rule, List<Finding> findings) {
        var beyond = new ArrayList<String>();
        Map<String, List<Finding>> byPath = byPath(findings);
        byPath.forEach((path, found) -> {
            int allowed = amounts.getOrDefault(rule + " " + path, 0);
            if (amount(found) > allowed) {
                String note = allowed == 0 ? "" : " (" + amount(found) + ", allowed are " + allowed + ")";
                found.stream().sorted(Finding.ORDER).forEach(finding -> beyond.add(finding + note));
            }
        });
        amounts.keySet().stream().filter(key -> key.startsWith(rule + " "))
                .filter(key -> !byPath.containsKey(key.substring(rule.length() + 1)))
                .forEach(key -> beyond.add(PATH + ": nothing needs \"" + key
                + "\" any more: remove the line"));
        return beyond;
    }

    /** The lines that allow just these findings. */
    static List<String> lines(String rule, List<Finding> findings) {
        return byPath(findings).entrySet().stream()
                .map(entry -> rule + " " + entry.getKey() + " " + amount(entry.getValue())).toList();
    }

    private static Map<String, List<Finding>> byPath(List<Finding> findings) {
        return findings.stream()
                .collect(Collectors.groupingBy(Finding::path, TreeMap::new, Collectors.toList()));
    }

    private static int amount(List<Finding> findings) {
        return findings.stream().mapToInt(Finding::size).sum();
    }
}
