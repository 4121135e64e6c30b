package io.countersign.server.platform.pages;

import java.text.ListFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is said to people in one language. Nothing is escaped here: the templates do that. A placeholder
 * such as {@code {brand}} is filled once, so a value that itself looks like a placeholder stays what it
 * is.
 */
public final class Texts {
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");
    /** Begins and ends an isolate of Unicode's bidirectional algorithm. */
    private static final char LEFT_TO_RIGHT = '\u2066';
    private static final char END = '\u2069';

    private final String tag;
    private final Map<String, String> entries;

    Texts(String tag, Map<String, String> entries) {
        this.tag = tag;
        this.entries = entries;
    }

    /** The language tag, as {@code de}. */
    public String tag() {
        return tag;
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return RIGHT_TO_LEFT.contains(tag) ? "rtl" : "ltr";
    }

    /**
     * The text of {@code key}; an unknown key is a fault.
     *
     * @param namesAndValues name and value of each placeholder in turn
     */
    public String text(String key, String... namesAndValues) {
        return Placeholders.fill(entry(key), namesAndValues);
    }

    /** A value that is read from the left, such as an address, as a sentence of this language can hold it. */
    public String isolated(String value) {
        return direction().equals("rtl") ? LEFT_TO_RIGHT + value + END : value;
    }

    /**
     * The sentence of {@code key} cut in two at its placeholder {@code {wait}}, with the wait as a point
     * in time.
     */
    public Line line(String key, Wait wait, String... namesAndValues) {
        String sentence = entry(key);
        int at = sentence.indexOf("{wait}");
        if (at < 0) {
            throw new IllegalArgumentException("no {wait} in " + key);
        }
        String before = Placeholders.fill(sentence.substring(0, at), namesAndValues);
        String after = Placeholders.fill(sentence.substring(at + "{wait}".length()), namesAndValues);
        return new Line(before, new Moment(relative(wait.rest()), wait.iso(), wait.clock()), after);
    }

    /** Several names as this language lists them: {@code News, Offers and Tips}. */
    public String list(List<String> names) {
        return names.isEmpty()
                ? ""
                : ListFormat.getInstance(Locale.of(tag), ListFormat.Type.STANDARD, ListFormat.Style.FULL)
                        .format(names);
    }

    /** A wait as people say it, up to 99 minutes never shorter than it is: {@code in 45 seconds}. */
    String relative(Duration wait) {
        long seconds = wait.toSeconds() + (wait.getNano() > 0 ? 1 : 0);
        if (seconds <= 0) {
            return text("wait.now");
        }
        if (seconds < 100) {
            return counted("wait.seconds", seconds);
        }
        long minutes = Math.ceilDiv(seconds, 60);
        return minutes < 100 ? counted("wait.minutes", minutes) : counted("wait.hours", (minutes + 30) / 60);
    }

    private String counted(String key, long count) {
        String[] forms = entry(key).split("\\|");
        return Placeholders.fill(forms[Plurals.form(tag, count)], "n", Long.toString(count));
    }

    private String entry(String key) {
        String entry = entries.get(key);
        if (entry == null) {
            throw new IllegalArgumentException("no text " + key + " in " + tag);
        }
        return entry;
    }

    Map<String, String> entries() {
        return entries;
    }
}
