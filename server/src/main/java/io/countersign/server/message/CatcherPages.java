package io.countersign.server.message;

import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Texts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The built-in mail catcher, a tool of operators and therefore in English: the list at {@code /mail}, one
 * mail or SMS at {@code /mail/{id}}. "Delete all" posts {@code action=delete-all} to {@code /mail}. The HTML
 * part of a mail stands in a sandboxed frame that loads {@code /mail/{id}/html}; answer that with the
 * headers {@code PageHeaders.FOREIGN_HTML}.
 */
public final class CatcherPages {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Pages pages;
    private final Texts texts;

    /** @param texts the English ones */
    public CatcherPages(Pages pages, Texts texts) {
        this.pages = pages;
        this.texts = texts;
    }

    /** Shown newest first, whatever the order given. */
    public String list(List<? extends CaughtMessage> messages) {
        List<? extends CaughtMessage> newestFirst =
                messages.stream().sorted(Comparator.comparing(CaughtMessage::caughtAt).reversed()).toList();
        return pages.render(
                "mailList",
                Map.of("frame", pages.frame("Mail", BrandLook.NONE, texts), "messages", newestFirst));
    }

    public String mail(CaughtMailView view) {
        String heading = view.mail().heading();
        return pages.render(
                "mail",
                Map.of(
                        "frame", pages.frame(heading, BrandLook.NONE, texts),
                        "heading", heading,
                        "view", view));
    }

    /** An SMS in full. */
    public String sms(CaughtSms sms) {
        return pages.render(
                "sms",
                Map.of("frame", pages.frame("SMS to " + sms.to(), BrandLook.NONE, texts), "sms", sms));
    }

    /** For the templates. */
    public static String shown(Instant time) {
        return SHOWN.format(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
