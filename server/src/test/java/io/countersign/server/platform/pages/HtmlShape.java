package io.countersign.server.platform.pages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a rendered page as strictly as XML and tells what is wrong with it. */
public final class HtmlShape {
    private static final Set<String> VOID = Set.of("meta", "link", "img", "input", "br", "hr");
    private static final Set<String> ACTIVE = Set.of("script", "object", "embed", "base");
    private static final Set<String> LEADS = Set.of("href", "src", "action", "formaction");
    private static final Pattern SCRIPT =
            Pattern.compile("\\s*(javascript|data|vbscript):", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s+([a-zA-Z][a-zA-Z0-9-]*)(?:=\"([^\"<]*)\")?");
    private static final Pattern TOKEN =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:" + ATTRIBUTE.pattern() + ")*)\\s*>|<|>");

    private final List<String> problems = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> labelled = new HashSet<>();
    private final List<Map<String, String>> inputs = new ArrayList<>();

    private HtmlShape() {}

    /** Empty when the page is balanced, quoted, without scripts and event attributes, its inputs labelled. */
    public static List<String> problems(String html) {
        HtmlShape shape = new HtmlShape();
        String start = "<!doctype html>";
        if (!html.startsWith(start)) {
            shape.problems.add("no doctype first");
        }
        shape.read(html.substring(Math.min(html.length(), start.length()))
                .replaceAll("(?s)<style>.*?</style>", ""));
        return shape.problems;
    }

    /** What a browser shows of {@code html}, blanks squeezed. */
    public static String textOf(String html) {
        return unescape(html.replaceAll("(?s)<style>.*?</style>|<[^>]*>", " ")).replaceAll("\\s+", " ")
                .strip();
    }

    public static String unescape(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private void read(String html) {
        Matcher token = TOKEN.matcher(html);
        while (token.find()) {
            if (token.group(2) == null) {
                problems.add("stray " + token.group() + " at " + excerpt(html, token.start()));
            } else if (token.group(1).isEmpty()) {
                open(token.group(2).toLowerCase(Locale.ROOT), token.group(3));
            } else {
                close(token.group(2).toLowerCase(Locale.ROOT));
            }
        }
        open.forEach(tag -> problems.add("never closed: " + tag));
        inputs.stream()
                .filter(input -> !labelled.contains(input.get("id")))
                .forEach(input -> problems.add("no label: " + input));
    }

    private void open(String tag, String attributes) {
        Map<String, String> values = attributes(tag, attributes);
        String id = values.get("id");
        check(!ACTIVE.contains(tag), "active element " + tag);
        check(id == null || ids.add(id), "id used twice: " + id);
        check(!tag.equals("html") || !values.getOrDefault("lang", "").isEmpty(), "html without lang");
        check(!tag.equals("img") || values.containsKey("alt"), "img without alt");
        if (tag.equals("label")) {
            labelled.add(values.get("for"));
        }
        if (tag.equals("input") && !"hidden".equals(values.get("type"))) {
            inputs.add(values);
        }
        if (!VOID.contains(tag)) {
            open.push(tag);
        }
    }

    private void close(String tag) {
        if (open.isEmpty() || !open.peek().equals(tag)) {
            problems.add("closed " + tag + " within " + open.peek());
        } else {
            open.pop();
        }
    }

    private Map<String, String> attributes(String tag, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            String name = attribute.group(1).toLowerCase(Locale.ROOT);
            String value = attribute.group(2) == null ? "" : unescape(attribute.group(2));
            check(values.put(name, value) == null, "attribute twice in " + tag + ": " + name);
            check(!name.startsWith("on"), "event attribute " + name);
            check(!LEADS.contains(name) || !SCRIPT.matcher(value).lookingAt(), "script address in " + name);
        }
        return values;
    }

    private void check(boolean fine, String problem) {
        if (!fine) {
            problems.add(problem);
        }
    }

    private static String excerpt(String html, int at) {
        return html.substring(Math.max(0, at - 30), Math.min(html.length(), at + 30));
    }
}
