package io.countersign.server.privacy;

import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import java.util.List;
import java.util.Map;

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
        var question = new Question(place.say(name + ".heading"), kind == Kind.DOWNLOAD
                ? List.of(place.say(name + ".text"))
                : List.of(place.say(name + ".text"), place.say("privacy.erasure.stays")), "",
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
        return pages.render(new Notice(Tone.DONE, place.say("privacy.erased.heading"),
                List.of(Line.of(place.say("privacy.erased.text")), Line.of(place.say("privacy.erasure.stays"))),
                List.of()), place.look(), place.texts());
    }

    public String expired(Place place) {
        return render(place, Tone.WAIT, "confirm.expired", List.of());
    }

    /** @param reason as the operator wrote it; empty when an erasure has taken it away */
    public String refused(Place place, String reason) {
        List<Line> why = reason.isEmpty() ? List.of()
                : List.of(Line.of(place.texts().text("privacy.refused.text", "reason", reason)));
        var notice = new Notice(Tone.STOPPED, place.say("privacy.refused.heading"), why, List.of());
        return pages.render(notice, place.look(), place.texts());
    }

    private String render(Place place, Tone tone, String name, List<Action> actions) {
        return pages.render(new Notice(tone, place.say(name + ".heading"), List.of(Line.of(place.say(name + ".text"))),
                actions), place.look(), place.texts());
    }

    /** The newest of all data, to be read. */
    public String data(Place place, CopyExcerpt excerpt) {
        String heading = place.say("privacy.data.heading");
        List<String> notes = List.of(
                place.texts().text("privacy.data.times", "zone", place.texts().isolated(excerpt.zone().getId())),
                place.say("privacy.data.others"));
        return pages.render("export", Map.of(
                "frame", pages.frame(heading, place.look(), place.texts()),
                "heading", heading,
                "notes", notes,
                "save", Action.link(place.say("privacy.ready.save"), place.path() + "/data.json"),
                "sections", new ExportSections(place.texts(), excerpt).all()));
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case DOWNLOAD -> "privacy.download";
            case ERASURE -> "privacy.erasure";
        };
    }
}
