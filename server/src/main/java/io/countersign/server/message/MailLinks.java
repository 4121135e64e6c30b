package io.countersign.server.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the links of a mail, each address once: those of the HTML part with their labels, then those of
 * the text.
 */
public final class MailLinks {
    private static final int MOST = 100;
    private static final Pattern ANCHOR = Pattern.compile("<a\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern HREF =
            Pattern.compile("\\shref\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)')", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]++");
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,6})|(amp|lt|gt|quot|nbsp));");

    private MailLinks() {}

    /** In order of appearance, at most 100. Either part may be empty. */
    public static List<MailLink> in(String text, String html) {
        Map<String, String> labels = new LinkedHashMap<>();
        ofHtml(html, labels);
        Matcher address = ADDRESS.matcher(text);
        while (labels.size() < MOST && address.find()) {
            labels.putIfAbsent(address.group().replaceAll("[.,;:!?)\\]]+$", ""), "");
        }
        return labels.entrySet().stream().map(link -> new MailLink(link.getValue(), link.getKey())).toList();
    }

    private static void ofHtml(String html, Map<String, String> labels) {
        Matcher anchor = ANCHOR.matcher(html);
        int from = 0;
        while (labels.size() < MOST && anchor.find(from)) {
            int tagEnd = html.indexOf('>', anchor.end());
            int end = html.indexOf("</a", tagEnd);
            if (tagEnd < 0 || end < 0) {
                return;
            }
            Matcher href = HREF.matcher(html.substring(anchor.start(), tagEnd));
            if (href.find()) {
                String url = unescape(href.group(1) != null ? href.group(1) : href.group(2)).strip();
                keep(url, label(html.substring(tagEnd + 1, end)), labels);
            }
            from = end;
        }
    }

    /** A label that only repeats the address gives way to one that says something. */
    private static void keep(String url, String label, Map<String, String> labels) {
        String known = labels.putIfAbsent(url, label);
        if (known != null && (known.isEmpty() || known.equals(url))) {
            labels.put(url, label);
        }
    }

    private static String label(String inner) {
        return unescape(inner.replaceAll("<[^>]*+>", " ")).replaceAll("\\s+", " ").strip();
    }

    private static String unescape(String html) {
        return ENTITY.matcher(html)
                .replaceAll(entity -> Matcher.quoteReplacement(character(entity.group(1), entity.group(2))));
    }

    private static String character(String number, String name) {
        if (number != null) {
            int code = Integer.parseInt(number);
            return Character.isValidCodePoint(code) ? Character.toString(code) : "";
        }
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            default -> " ";
        };
    }
}
