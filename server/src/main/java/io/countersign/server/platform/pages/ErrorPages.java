package io.countersign.server.platform.pages;

import java.util.ArrayList;
import java.util.List;

/** Pages for what went wrong before, or instead of, a page of a feature. */
public final class ErrorPages {
    private final Pages pages;

    public ErrorPages(Pages pages) {
        this.pages = pages;
    }

    /** Any status is fine; those without words of their own share a general page (400 or 500). */
    public String render(ErrorView view, Texts texts) {
        return render(view, BrandLook.NONE, texts);
    }

    public String render(ErrorView view, BrandLook brand, Texts texts) {
        List<Line> lines = new ArrayList<>();
        String kind = kind(view.status());
        lines.add(Line.of(texts.text("error." + kind + ".text")));
        if (view.retry() != null) {
            lines.add(texts.line("retry", view.retry()));
        }
        if (view.reference() != null) {
            lines.add(Line.of(texts.text("error.reference", "id", view.reference())));
        }
        Notice.Tone tone = view.status() == 429 || view.status() == 503
                ? Notice.Tone.WAIT
                : Notice.Tone.BROKEN;
        String heading = texts.text("error." + kind + ".heading");
        return pages.render(new Notice(tone, heading, lines, List.of()), brand, texts);
    }

    private static String kind(int status) {
        return switch (status) {
            case 404, 405, 413, 429, 500, 503 -> Integer.toString(status);
            default -> status >= 500 ? "500" : "400";
        };
    }
}
