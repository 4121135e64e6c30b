package io.countersign.server.confirmation;

import io.countersign.server.confirmation.ConfirmationScreen.AlreadyConfirmed;
import io.countersign.server.confirmation.ConfirmationScreen.Ask;
import io.countersign.server.confirmation.ConfirmationScreen.AskContact;
import io.countersign.server.confirmation.ConfirmationScreen.Confirmed;
import io.countersign.server.confirmation.ConfirmationScreen.Ended;
import io.countersign.server.confirmation.ConfirmationScreen.Expired;
import io.countersign.server.confirmation.ConfirmationScreen.Foreign;
import io.countersign.server.confirmation.ConfirmationScreen.Gone;
import io.countersign.server.confirmation.ConfirmationScreen.Left;
import io.countersign.server.confirmation.ConfirmationScreen.Rejected;
import io.countersign.server.confirmation.ConfirmationScreen.Resent;
import io.countersign.server.confirmation.ConfirmationScreen.TooSoon;
import io.countersign.server.confirmation.ConfirmationScreen.Unknown;
import io.countersign.server.confirmation.ConfirmationScreen.Used;
import io.countersign.server.confirmation.ConfirmationScreen.Verified;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages of {@code /c/{ticket}}; their buttons post {@code action=confirm|reject|resend}. */
public final class ConfirmationPages {
    private final Pages pages;

    public ConfirmationPages(Pages pages) {
        this.pages = pages;
    }

    /** The page for {@code screen}; send it with {@link ConfirmationScreen#status()}. */
    public String render(ConfirmationView view, ConfirmationScreen screen, Texts texts) {
        return switch (screen) {
            case Ask _ -> ask("confirmation", "confirm.ask.heading", view, texts);
            case AskContact _ -> ask("contactConfirmation", "confirm.contact.heading", view, texts);
            default -> pages.render(notice(view, screen, texts), view.brand(), texts);
        };
    }

    /** The words of the question as evidence: everything but the address, which the consent's contact tells. */
    public String wording(ConfirmationView view, ConfirmationScreen question, Texts texts) {
        String brand = view.brand().name();
        if (question instanceof AskContact) {
            return texts.text("confirm.contact.heading") + '\n'
                    + texts.text("confirm.contact.text", "brand", brand) + '\n'
                    + '[' + texts.text("confirm.contact.yes") + "]\n" + texts.text("confirm.contact.hint");
        }
        String topics = view.topics().isEmpty() ? "" : texts.text("topics", "topics", texts.list(view.topics())) + '\n';
        return texts.text("confirm.ask.heading") + '\n'
                + texts.text("confirm.ask.text", "brand", brand) + '\n' + topics
                + '[' + texts.text("confirm.yes") + "] [" + texts.text("confirm.no") + "]\n"
                + texts.text("confirm.ask.hint");
    }

    private String ask(String template, String title, ConfirmationView view, Texts texts) {
        String heading = texts.text(title);
        return pages.render(
                template,
                Map.of(
                        "frame", pages.frame(heading, view.brand(), texts),
                        "texts", texts,
                        "heading", heading,
                        "view", view));
    }

    private static Notice notice(ConfirmationView view, ConfirmationScreen screen, Texts texts) {
        var page = new Writer(view, texts);
        return switch (screen) {
            case Ask _, AskContact _ -> throw new IllegalArgumentException("the question is not a notice");
            case Confirmed _ -> page.confirmed();
            case Verified _ -> page.of(Tone.DONE, "verified", List.of(), List.of());
            case Ended _ -> page.of(Tone.WAIT, "expired", List.of(), List.of());
            case AlreadyConfirmed _ -> page.of(Tone.DONE, "already", List.of(page.leave()), List.of());
            case Rejected _ -> page.of(Tone.STOPPED, "rejected", List.of(page.again()), page.resend());
            case Resent(var next) ->
                    page.of(Tone.MAIL, "resent", List.of(texts.line("next", next)), List.of());
            case TooSoon(var next) ->
                    page.of(Tone.WAIT, "tooSoon", List.of(texts.line("next", next)), List.of());
            case Expired _ -> page.of(Tone.WAIT, "expired", List.of(page.renew()), page.resend());
            case Used _ -> page.of(Tone.STOPPED, "used", List.of(), List.of());
            case Gone _ -> page.of(Tone.BROKEN, "gone", List.of(), List.of());
            case Left _ -> page.of(Tone.STOPPED, "left", List.of(), List.of());
            case Foreign _ -> page.of(Tone.BROKEN, "foreign", List.of(), List.of());
            case Unknown _ -> page.of(Tone.BROKEN, "unknown", List.of(), List.of());
        };
    }

    /** Puts one notice together. */
    private record Writer(ConfirmationView view, Texts texts) {
        /** The heading and first sentence of {@code confirm.name}, then the further lines. */
        Notice of(Tone tone, String name, List<Line> more, List<Action> actions) {
            List<Line> lines = new ArrayList<>();
            lines.add(Line.of(say("confirm." + name + ".text")));
            lines.addAll(more);
            return new Notice(tone, say("confirm." + name + ".heading"), lines, actions);
        }

        Notice confirmed() {
            List<Line> lines = new ArrayList<>();
            lines.add(Line.of(say("subscribed.text")));
            if (!view.topics().isEmpty()) {
                lines.add(Line.of(texts.text("topics", "topics", texts.list(view.topics()))));
            }
            lines.add(leave());
            return new Notice(Tone.DONE, say("subscribed.heading"), lines, List.of());
        }

        Line leave() {
            return Line.of(say("leave"));
        }

        Line again() {
            return Line.of(say("confirm.again"));
        }

        Line renew() {
            return Line.of(say("confirm.renew"));
        }

        List<Action> resend() {
            return List.of(Action.post(say("confirm.resend"), view.action(), "resend", true));
        }

        private String say(String key) {
            return texts.text(key, "brand", view.brand().name(), "address", texts.isolated(view.address()));
        }
    }
}
