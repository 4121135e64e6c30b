package io.countersign.server.message;

import java.util.Locale;

/** A link found in a mail: what it is called there, and where it leads. */
public record MailLink(String label, String url) {
    /**
     * Only web addresses become anchors; anything else ({@code javascript:}, {@code data:}) is shown as
     * text.
     */
    public boolean opens() {
        String start = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("https://") || start.startsWith("http://");
    }
}
