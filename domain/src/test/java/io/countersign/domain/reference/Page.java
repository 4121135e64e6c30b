package io.countersign.domain.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Markdown page in the making. */
final class Page {
    private final StringBuilder text = new StringBuilder();

    Page(String title) {
        text.append("# ").append(title).append("\n\n");
        paragraph("*This page is written from the rules by `ReferencePagesTest`; do not edit it. After "
                + "a change of the "
                + "rules, write it anew with `mvn test -pl domain -Dtest=ReferencePagesTest "
                + "-Dcountersign.write=true`.*");
    }

    Page heading(String title) {
        text.append("## ").append(title).append("\n\n");
        return this;
    }

    Page paragraph(String words) {
        text.append(words.strip().replaceAll("\\s*\n\\s*", " ")).append("\n\n");
        return this;
    }

    Page list(List<String> items) {
        items.forEach(item -> text.append("- ").append(item).append('\n'));
        text.append('\n');
        return this;
    }

    Page mermaid(String kind, List<String> lines) {
        text.append("```mermaid\n").append(kind).append('\n');
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("```\n\n");
        return this;
    }

    Page table(List<String> head, List<List<String>> rows) {
        row(head);
        row(head.stream().map(_ -> "---").toList());
        rows.forEach(this::row);
        text.append('\n');
        return this;
    }

    /**
     * A table in which rows that differ in their first cell only are one row, its first cells set apart by
     * semicolons.
     */
    Page collapsed(List<String> head, List<List<String>> rows) {
        Map<List<String>, List<String>> equal = new LinkedHashMap<>();
        rows.forEach(row -> equal.computeIfAbsent(row.subList(1, row.size()), _ -> new ArrayList<>())
                .add(row.getFirst()));
        var merged = new ArrayList<List<String>>();
        equal.forEach((cells, names) -> {
            var row = new ArrayList<>(List.of(String.join("; ", names)));
            row.addAll(cells);
            merged.add(row);
        });
        return table(head, merged);
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** The page, ending in one line break. */
    String text() {
        return text.toString().strip() + "\n";
    }
}
