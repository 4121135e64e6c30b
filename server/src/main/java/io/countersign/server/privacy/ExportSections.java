package io.countersign.server.privacy;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.privacy.ExportSection.Field;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A person's data in words: times as people read them, and what the words of the system mean. */
final class ExportSections {
    /** Longer texts, such as whole mails, stand in full in the file. */
    private static final int LONGEST = 2_000;
    /** Fields with words of the system, of which there are too many to explain each. */
    private static final Set<String> CODES = Set.of("change", "before", "after", "source", "outcome");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,18}Z");

    private final Texts texts;
    private final CopyExcerpt excerpt;
    private final DateTimeFormatter times;

    ExportSections(Texts texts, CopyExcerpt excerpt) {
        this.texts = texts;
        this.excerpt = excerpt;
        this.times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.MEDIUM)
                .withLocale(Locale.forLanguageTag(texts.tag())).withZone(excerpt.zone());
    }

    /** Single values first, then each list of things. */
    List<ExportSection> all() {
        var single = Json.object();
        var sections = new ArrayList<ExportSection>();
        excerpt.document().forEachEntry((name, value) -> {
            if (value instanceof ArrayNode rows) {
                sections.add(section(name, rows));
            } else {
                single.set(name, value);
            }
        });
        sections.addFirst(new ExportSection("", "", List.of(fields("", single))));
        return sections;
    }

    private ExportSection section(String name, ArrayNode rows) {
        String note = excerpt.cut().contains(name)
                ? texts.text("privacy.data.newest", "n", Integer.toString(rows.size())) : "";
        return new ExportSection(texts.text("privacy.part." + name), note,
                rows.valueStream().map(row -> fields(name, row)).toList());
    }

    private List<Field> fields(String section, JsonNode row) {
        if (!row.isObject()) {
            return List.of(new Field("", row.asString()));
        }
        var fields = new ArrayList<Field>();
        row.forEachEntry((name, value) -> {
            if (says(value)) {
                fields.add(new Field(label(name), shown(section, name, value)));
            }
        });
        return fields;
    }

    private static boolean says(JsonNode value) {
        return !value.isNull() && (!value.isContainer() || value.valueStream().anyMatch(ExportSections::says));
    }

    private String shown(String section, String name, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(one -> shown(section, name, one)).collect(Collectors.joining("; "));
        }
        if (value.isObject()) {
            return value.propertyStream().filter(member -> says(member.getValue()))
                    .map(member -> label(member.getKey()) + ": " + shown(section, member.getKey(), member.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "yes" : "no";
        }
        String text = value.asString();
        return CopyWords.meaning(section, name, text).map(meaning -> label(text) + " (" + meaning + ")")
                .orElseGet(() -> INSTANT.matcher(text).matches() ? time(text)
                        : shortened(CODES.contains(name) ? label(text) : text));
    }

    private String time(String text) {
        try {
            return times.format(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return text; // what only looks like one, in a text of somebody's
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST))) + " …";
    }

    private static String label(String name) {
        return name.replace('_', ' ');
    }
}
