package io.countersign.server.privacy;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.privacy.ExportSection.Field;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pages of {@code /privacy/}. */
public final class PrivacyPages {
    private final Pages pages;

    public PrivacyPages(Pages pages) {
        this.pages = pages;
    }

    /** What one page is about: the brand's look, the reader's language, and where its button posts to. */
    public record Place(BrandLook look, Texts texts, String path) {
        private String say(String key) {
            return texts.text(key, "brand", look.name());
        }
    }

    public String question(Place place, Kind kind) {
        String name = name(kind);
        var question = new Question(place.say(name + ".heading"), List.of(place.say(name + ".text")), "",
                Action.post(place.say(name + ".yes"), place.path(), "confirm", true), "");
        return pages.render(question, place.look(), place.texts());
    }

    /** The data can be fetched. */
    public String ready(Place place) {
        return render(place, Tone.DONE, "privacy.ready", List.of(
                Action.link(place.say("privacy.ready.read"), place.path() + "/data"),
                Action.link(place.say("privacy.ready.save"), place.path() + "/data.json")));
    }

    /** An operator is to decide. */
    public String waiting(Place place) {
        return render(place, Tone.WAIT, "privacy.waiting", List.of());
    }

    public String erased(Place place) {
        return render(place, Tone.DONE, "privacy.erased", List.of());
    }

    public String expired(Place place) {
        return render(place, Tone.WAIT, "confirm.expired", List.of());
    }

    /** @param reason as the operator wrote it */
    public String refused(Place place, String reason) {
        var notice = new Notice(Tone.STOPPED, place.say("privacy.refused.heading"),
                List.of(Line.of(place.texts().text("privacy.refused.text", "reason", reason))), List.of());
        return pages.render(notice, place.look(), place.texts());
    }

    private String render(Place place, Tone tone, String name, List<Action> actions) {
        return pages.render(new Notice(tone, place.say(name + ".heading"), List.of(Line.of(place.say(name + ".text"))),
                actions), place.look(), place.texts());
    }

    /** All data, to be read. */
    public String data(Place place, ObjectNode document) {
        String heading = place.say("privacy.data.heading");
        return pages.render("export", Map.of(
                "frame", pages.frame(heading, place.look(), place.texts()),
                "heading", heading,
                "sections", sections(document)));
    }

    /** Single values first, then each list of things. */
    private static List<ExportSection> sections(ObjectNode document) {
        var single = Json.object();
        var sections = new ArrayList<ExportSection>();
        document.forEachEntry((name, value) -> {
            if (value.isArray()) {
                var rows = new ArrayList<List<Field>>();
                value.forEach(row -> rows.add(fields(row)));
                sections.add(new ExportSection(label(name), rows));
            } else {
                single.set(name, value);
            }
        });
        sections.addFirst(new ExportSection("", List.of(fields(single))));
        return sections;
    }

    private static List<Field> fields(JsonNode row) {
        var fields = new ArrayList<Field>();
        if (!row.isObject()) {
            return List.of(new Field("", row.asString()));
        }
        row.forEachEntry((name, value) -> {
            if (!value.isNull() && !(value.isContainer() && value.isEmpty())) {
                fields.add(new Field(label(name), shown(value)));
            }
        });
        return fields;
    }

    /** On one line; what has an id stands in full in a section of its own. */
    private static String shown(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(PrivacyPages::shown).collect(Collectors.joining(", "));
        }
        if (!value.isObject()) {
            return value.asString();
        }
        return value.has("id") ? value.path("id").asString() : value.propertyStream()
                .filter(member -> !member.getValue().isNull())
                .map(member -> label(member.getKey()) + ": " + shown(member.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String label(String name) {
        return name.replace('_', ' ');
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case DOWNLOAD -> "privacy.download";
            case ERASURE -> "privacy.erasure";
        };
    }
}
