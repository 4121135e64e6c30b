package io.countersign.server.confirmation;

import io.countersign.server.link.Visit;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of each screen of a campaign's confirmation link. */
final class LinkScreens {
    private LinkScreens() {}

    /** @param topic its name, where the link is about one */
    static Question question(Visit visit, Optional<String> topic) {
        Texts texts = visit.texts();
        var lines = new ArrayList<String>();
        lines.add(texts.text("link.ask.text", "brand", visit.brand()));
        topic.ifPresent(name -> lines.add(texts.text("topics", "topics", name)));
        return new Question(texts.text("confirm.ask.heading"), lines, visit.message().value(),
                Action.post(texts.text("confirm.yes"), visit.action(), "confirm", true), "");
    }

    static Notice notice(Visit visit, LinkScreen screen) {
        return switch (screen) {
            case ASK -> throw new IllegalArgumentException("the question is not a notice");
            case CONFIRMED -> of(visit, Tone.DONE, "subscribed.heading", "link.confirmed.text");
            case ALREADY -> of(visit, Tone.DONE, "confirm.already.heading", "confirm.already.text");
            case LEFT -> of(visit, Tone.STOPPED, "confirm.left.heading", "link.left.text");
            case EXPIRED -> of(visit, Tone.WAIT, "confirm.expired.heading", "link.expired.text");
            case NOT_AWAITED -> of(visit, Tone.STOPPED, "confirm.used.heading", "link.used.text");
            case GONE -> of(visit, Tone.BROKEN, "link.gone.heading", "link.gone.text");
        };
    }

    private static Notice of(Visit visit, Tone tone, String heading, String text) {
        String brand = visit.brand();
        return new Notice(tone, visit.texts().text(heading, "brand", brand),
                List.of(Line.of(visit.texts().text(text, "brand", brand))), List.of());
    }
}
