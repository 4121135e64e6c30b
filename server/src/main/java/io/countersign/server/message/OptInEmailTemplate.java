package io.countersign.server.message;

import io.countersign.server.platform.pages.AccentColor;
import io.countersign.server.platform.pages.OneLine;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Texts;
import java.util.Map;
import java.util.stream.Stream;

/** The email of double opt-in as it is until somebody edits it: short, one button, no other link. */
public final class OptInEmailTemplate {
    private static final int LONGEST_VALUE = 320;
    private static final String DEFAULT_ACCENT = "#2446a8";

    private final Pages pages;

    public OptInEmailTemplate(Pages pages) {
        this.pages = pages;
    }

    public OptInEmail render(OptInEmailView view, Texts texts) {
        String subject = texts.text("mail.subject", "brand", view.brand().name());
        OptInEmailWords words = words(view, texts);
        return new OptInEmail(subject, text(view, words, texts), html(view, subject, words, texts));
    }

    /** Subject and text as they are read; with a placeholder for its link the same for everybody who is asked this. */
    String wording(OptInEmailView view, Texts texts) {
        return texts.text("mail.subject", "brand", view.brand().name()) + "\n\n"
                + text(view, words(view, texts), texts);
    }

    private static OptInEmailWords words(OptInEmailView view, Texts texts) {
        String brand = view.brand().name();
        String topics = oneLine(texts.list(view.topics()));
        String site = view.site() == null ? "" : oneLine(view.site());
        return new OptInEmailWords(
                texts.text("mail.ask", "brand", brand),
                topics.isEmpty() ? null : texts.text("topics", "topics", topics),
                texts.text("mail.opens"),
                texts.text("mail.link"),
                site.isEmpty()
                        ? texts.text("mail.why", "brand", brand)
                        : texts.text("mail.why.site", "brand", brand, "site", site),
                texts.text("mail.ignore"),
                texts.text("mail.sender", "brand", brand, "sender", oneLine(view.sender())));
    }

    private static String text(OptInEmailView view, OptInEmailWords words, Texts texts) {
        String head = words.topics() == null ? words.ask() : words.ask() + '\n' + words.topics();
        Stream<String> parts = Stream.of(
                view.brand().name(),
                head,
                texts.text("confirm.yes") + ":\n" + view.optInUrl(),
                words.opens(),
                words.why() + '\n' + words.ignore(),
                "-- \n" + words.sender());
        return String.join("\n\n", parts.toList()) + '\n';
    }

    private String html(OptInEmailView view, String subject, OptInEmailWords words, Texts texts) {
        AccentColor accent = view.brand().accentColor().orElseGet(() -> AccentColor.of(DEFAULT_ACCENT));
        return pages.render(
                "optInEmail",
                Map.of(
                        "texts", texts,
                        "subject", subject,
                        "view", view,
                        "words", words,
                        "accent", accent));
    }

    private static String oneLine(String value) {
        return OneLine.of(value, LONGEST_VALUE);
    }
}
