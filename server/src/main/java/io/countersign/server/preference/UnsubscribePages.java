package io.countersign.server.preference;

import io.countersign.server.link.Visit;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages of {@code /u/}. */
public final class UnsubscribePages {
    private final Pages pages;

    public UnsubscribePages(Pages pages) {
        this.pages = pages;
    }

    /** @param topic its name, where the link is about one only */
    public Question question(Visit visit, Optional<String> topic) {
        Texts texts = visit.texts();
        return new Question(heading(visit, "unsubscribe.ask", topic),
                List.of(sentence(visit, "unsubscribe.ask", topic)), visit.message().value(),
                Action.post(texts.text("unsubscribe.yes"), visit.action(), "unsubscribe", true), "");
    }

    /**
     * After the button: what has happened, the way back, and a question that need not be answered.
     *
     * @param without     slugs of topics that stay off when the person comes back
     * @param preferences where all settings are
     */
    public String done(Visit visit, Optional<String> topic, List<String> without, String preferences) {
        String heading = heading(visit, "unsubscribe.done", topic);
        return pages.render("unsubscribed", Map.of(
                "frame", pages.frame(heading, visit.look(), visit.texts()),
                "texts", visit.texts(),
                "visit", visit,
                "heading", heading,
                "sentence", sentence(visit, "unsubscribe.done", topic),
                "without", without,
                "preferences", preferences));
    }

    /** The words beside the button that undoes it, as evidence. */
    String undoWording(Visit visit, Optional<String> topic) {
        return sentence(visit, "unsubscribe.done", topic) + "\n[" + say(visit, "unsubscribe.undo") + "]";
    }

    String reasonWording(Visit visit) {
        return say(visit, "unsubscribe.why") + '\n' + Stream.of(LeaveReason.values())
                .map(reason -> say(visit, "unsubscribe.why." + reason.word())).collect(Collectors.joining("\n"));
    }

    Notice back(Visit visit) {
        return new Notice(Tone.DONE, say(visit, "subscribed.heading"), List.of(Line.of(say(visit,
                "link.confirmed.text"))), List.of());
    }

    Notice thanks(Visit visit, String preferences) {
        return new Notice(Tone.DONE, say(visit, "unsubscribe.thanks"), List.of(),
                List.of(Action.link(say(visit, "preferences.link"), preferences)));
    }

    /** Names the topic where it is about one, so that nobody takes it for everything. */
    private static String heading(Visit visit, String name, Optional<String> topic) {
        return topic.map(about -> visit.texts().text(name + ".heading.topic", "brand", visit.brand(), "topic", about))
                .orElseGet(() -> say(visit, name + ".heading"));
    }

    private static String sentence(Visit visit, String name, Optional<String> topic) {
        return topic.map(about -> visit.texts().text(name + ".topic", "brand", visit.brand(), "topic", about))
                .orElseGet(() -> say(visit, name + ".all"));
    }

    private static String say(Visit visit, String key) {
        return visit.texts().text(key, "brand", visit.brand());
    }
}
