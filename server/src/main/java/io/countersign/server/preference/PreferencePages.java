package io.countersign.server.preference;

import io.countersign.server.link.Visit;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.preference.PreferenceView.Choice;
import io.countersign.server.privacy.PrivacyRequests.Asked;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages of {@code /p/}. */
public final class PreferencePages {
    private final Pages pages;

    public PreferencePages(Pages pages) {
        this.pages = pages;
    }

    public String render(Visit visit, PreferenceView view) {
        String heading = say(visit, "preferences.heading");
        return pages.render("preferences", Map.of(
                "frame", pages.frame(heading, visit.look(), visit.texts()),
                "texts", visit.texts(),
                "visit", visit,
                "heading", heading,
                "view", view));
    }

    /** What stood on the page when it was saved, as evidence: the boxes as the person left them. */
    String wording(Visit visit, List<Choice> topics) {
        return say(visit, "preferences.heading") + '\n' + say(visit, "preferences.topics") + '\n'
                + boxes(topics) + say(visit, "preferences.consent") + "\n[" + say(visit, "preferences.save") + "]";
    }

    /** The same where everything was switched off, and one button brought back what was ticked. */
    String wordingOfOnly(Visit visit, List<Choice> topics) {
        return say(visit, "preferences.heading") + '\n' + say(visit, "preferences.off") + '\n'
                + say(visit, "preferences.only") + '\n' + boxes(topics) + say(visit, "preferences.only.consent") + "\n["
                + say(visit, "preferences.only.yes") + "]";
    }

    private static String boxes(List<Choice> topics) {
        return topics.stream().map(topic -> (topic.ticked() ? "[x] " : "[ ] ") + topic.name() + '\n')
                .collect(Collectors.joining());
    }

    /** The one button that was pressed, as evidence. */
    String wording(Visit visit, String button) {
        return say(visit, "preferences.heading") + "\n[" + say(visit, button) + "]";
    }

    Notice asked(Visit visit, Asked asked) {
        return switch (asked) {
            case SENT -> notice(visit, Tone.MAIL, "data.sent");
            case ENOUGH -> notice(visit, Tone.WAIT, "data.enough");
            case NO_CONTACT -> notice(visit, Tone.BROKEN, "link.gone");
        };
    }

    Notice gone(Visit visit) {
        return notice(visit, Tone.BROKEN, "link.gone");
    }

    private static Notice notice(Visit visit, Tone tone, String name) {
        return new Notice(tone, say(visit, name + ".heading"), List.of(Line.of(say(visit, name + ".text"))), List.of());
    }

    private static String say(Visit visit, String key) {
        return visit.texts().text(key, "brand", visit.brand());
    }
}
