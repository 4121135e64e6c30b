package io.countersign.server.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a message text, read once: words and {@code ${parameters}}. Values are put in as they are and never read
 * again, so a name that looks like a parameter stays a name.
 */
final class TextTemplate {
    private static final int LONGEST_NAME = 80;
    private static final Pattern MINUTES = Pattern.compile("\\(([1-9][0-9]{0,5})\\)");

    private final List<Piece> pieces;

    private TextTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    private sealed interface Piece {}

    private record Words(String text) implements Piece {}

    /** Where a parameter stands. */
    record Place(Position at, Placeholder what) implements Piece {
        InvalidMessageText wrong(String why) {
            return at.wrong("${" + what.parameter().parameterName() + "} " + why);
        }
    }

    /** A character of a part, from 1. */
    private record Position(String part, int character) {
        InvalidMessageText wrong(String why) {
            return new InvalidMessageText(part, character, why);
        }
    }

    /**
     * @param part what this is, for the message of the exception
     * @throws InvalidMessageText for a parameter that does not exist or has no end
     */
    static TextTemplate parse(String part, String text) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            pieces.add(new Words(text.substring(from, at)));
            var position = new Position(part, at + 1);
            int end = text.indexOf('}', at);
            if (end < 0 || end - at > LONGEST_NAME) {
                throw position.wrong("a parameter begins here and does not end");
            }
            pieces.add(new Place(position, placeholder(position, text.substring(at + 2, end))));
            from = end + 1;
        }
        pieces.add(new Words(text.substring(from)));
        return new TextTemplate(List.copyOf(pieces));
    }

    private static Placeholder placeholder(Position at, String written) {
        int open = written.indexOf('(');
        String name = open < 0 ? written : written.substring(0, open);
        TextParameter parameter = TextParameter.of(name).filter(known -> open < 0 || known.isTimed())
                .orElseThrow(() -> at.wrong("there is no such parameter; there are " + TextParameter.list()));
        return parameter.isTimed()
                ? new Placeholder(parameter, Optional.of(minutes(at, written.substring(name.length()))))
                : Placeholder.of(parameter);
    }

    private static Duration minutes(Position at, String written) {
        Matcher form = MINUTES.matcher(written);
        int minutes = form.matches() ? Integer.parseInt(form.group(1)) : Placeholder.MOST_MINUTES + 1;
        if (minutes > Placeholder.MOST_MINUTES) {
            throw at.wrong("this parameter ends with its minutes in parentheses, from (1) to ("
                    + Placeholder.MOST_MINUTES + ")");
        }
        return Duration.ofMinutes(minutes);
    }

    /** Where parameters stand, in order. */
    List<Place> places() {
        return pieces.stream().filter(Place.class::isInstance).map(Place.class::cast).toList();
    }

    String fill(Function<Placeholder, String> values) {
        var filled = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Words(String text) -> filled.append(text);
                case Place(Position _, Placeholder what) -> filled.append(values.apply(what));
            }
        }
        return filled.toString();
    }

    /** As {@link #fill}, into HTML: no value can become markup, in text or in a quoted attribute. */
    String fillHtml(Function<Placeholder, String> values) {
        return fill(what -> escaped(values.apply(what)));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
