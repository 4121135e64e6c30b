package io.countersign.server.proof;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What a mail said to whoever read it: of one that had no text of its own, the words of its HTML. */
final class ReadableText {
    private static final Pattern MARKUP = Pattern.compile("</[a-zA-Z]|<!doctype|<mjml", Pattern.CASE_INSENSITIVE);
    private static final Pattern MANY_BREAKS = Pattern.compile("\n{3,}");

    private ReadableText() {}

    static String of(String text) {
        return MARKUP.matcher(text).find() ? words(Jsoup.parse(text)) : text;
    }

    private static String words(Document page) {
        page.select("head, style, script, title, mj-head").remove();
        page.select("p, div, h1, h2, h3, h4, li, tr, mj-text, mj-button").append("\n");
        String words = page.wholeText().lines().map(String::strip).collect(Collectors.joining("\n"));
        return MANY_BREAKS.matcher(words).replaceAll("\n\n").strip();
    }
}
