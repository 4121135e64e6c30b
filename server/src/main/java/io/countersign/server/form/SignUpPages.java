package io.countersign.server.form;

import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.platform.pages.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pages of {@code /f/{form}}. The form posts {@code email}, {@code firstName}, the honeypot, and
 * {@code language}: that of the page shown, so that the wording recorded as evidence is the one read.
 */
public final class SignUpPages {
    private final Pages pages;

    public SignUpPages(Pages pages) {
        this.pages = pages;
    }

    /** The empty form. */
    public String form(SignUpView view, Texts texts) {
        return form(view, SignUpEntry.EMPTY, texts);
    }

    /** The form with what was typed, and with the message when there is a problem (status 400 then). */
    public String form(SignUpView view, SignUpEntry entry, Texts texts) {
        String heading = texts.text("signUp.heading", "brand", view.brand().name());
        return pages.render(
                "signUp",
                Map.of(
                        "frame", pages.frame(heading, view.brand(), texts),
                        "texts", texts,
                        "heading", heading,
                        "view", view,
                        "fields", fields(view, entry, texts)));
    }

    /**
     * The answer to every accepted post, the same whether the address was known or not: "Check your
     * inbox" with double opt-in, "You're subscribed" without.
     *
     * @param nextMail when another confirmation email may be asked for, or null; not used without double
     *     opt-in
     */
    public String done(SignUpView view, String email, Wait nextMail, Texts texts) {
        Notice notice = view.doubleOptIn()
                ? checkInbox(view, email, nextMail, texts)
                : subscribed(view, texts);
        return pages.render(notice, view.brand(), texts);
    }

    /** Status 429. */
    public String tooManyRequests(SignUpView view, Wait wait, Texts texts) {
        Notice notice = new Notice(
                Notice.Tone.WAIT,
                texts.text("error.429.heading"),
                List.of(Line.of(texts.text("error.429.text")), texts.line("retry", wait)),
                List.of(Action.link(texts.text("signUp.back"), view.action())));
        return pages.render(notice, view.brand(), texts);
    }

    /** Exactly the sentence that stands beside the button; record this one as evidence. */
    public String consentWording(SignUpView view, Texts texts) {
        if (view.wording() != null && !view.wording().isBlank()) {
            return view.wording();
        }
        String button = texts.text("signUp.submit");
        String brand = view.brand().name();
        if (view.topics().isEmpty()) {
            return texts.text("signUp.consent", "button", button, "brand", brand);
        }
        String topics = topics(view, texts);
        return texts.text("signUp.consent.topics", "button", button, "brand", brand, "topics", topics);
    }

    private SignUpFields fields(SignUpView view, SignUpEntry entry, Texts texts) {
        SignUpEntry.Problem problem = entry.problem();
        String message = problem == null ? null : texts.text(problem.key());
        boolean ofEmail = problem != null && problem.ofEmail();
        String topics = view.topics().isEmpty() ? null : texts.text("topics", "topics", topics(view, texts));
        return new SignUpFields(
                entry.email(),
                ofEmail ? message : null,
                entry.firstName(),
                ofEmail ? null : message,
                topics,
                consentWording(view, texts));
    }

    private Notice checkInbox(SignUpView view, String email, Wait nextMail, Texts texts) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(texts.text(
                "signUp.inbox.text",
                "brand", view.brand().name(), "address", texts.isolated(email), "button", texts.text("confirm.yes"))));
        lines.add(Line.of(texts.text("signUp.inbox.known")));
        lines.add(Line.of(texts.text("signUp.inbox.spam")));
        if (nextMail != null) {
            lines.add(texts.line("next", nextMail));
        }
        List<Action> back = List.of(Action.link(texts.text("signUp.back"), view.action()));
        return new Notice(Notice.Tone.MAIL, texts.text("signUp.inbox.heading"), lines, back);
    }

    private Notice subscribed(SignUpView view, Texts texts) {
        String brand = view.brand().name();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(texts.text("subscribed.text", "brand", brand)));
        if (!view.topics().isEmpty()) {
            lines.add(Line.of(texts.text("topics", "topics", topics(view, texts))));
        }
        lines.add(Line.of(texts.text("leave")));
        return new Notice(Notice.Tone.DONE, texts.text("subscribed.heading"), lines, List.of());
    }

    private static String topics(SignUpView view, Texts texts) {
        return texts.list(view.topics());
    }
}
