package io.countersign.server.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One part of a message text, read once: words and {@code ${parameters}}. Values are put in as they are and never read
 * again, so a name that looks like a parameter stays a name.
 */
final class TextTemplate {
    private static final int LONGEST_NAME = 60;

    private final List<Piece> pieces;

    private TextTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    private sealed interface Piece {}

    private record Words(String text) implements Piece {}

    private record Place(TextParameter parameter) implements Piece {}

    /**
     * @param part what this is, for the message of the exception
     * @throws InvalidMessageText for a parameter that does not exist or has no end
     */
    static TextTemplate parse(String part, String text) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            pieces.add(new Words(text.substring(from, at)));
            int end = text.indexOf('}', at);
            if (end < 0 || end - at > LONGEST_NAME) {
                throw new InvalidMessageText(part, at + 1, "a parameter begins here and does not end");
            }
            String name = text.substring(at + 2, end);
            int position = at + 1;
            pieces.add(new Place(TextParameter.of(name).orElseThrow(() -> new InvalidMessageText(part, position,
                    "there is no such parameter; there are " + TextParameter.list()))));
            from = end + 1;
        }
        pieces.add(new Words(text.substring(from)));
        return new TextTemplate(List.copyOf(pieces));
    }

    Set<TextParameter> parameters() {
        var found = EnumSet.noneOf(TextParameter.class);
        for (Piece piece : pieces) {
            if (piece instanceof Place(TextParameter parameter)) {
                found.add(parameter);
            }
        }
        return found;
    }

    String fill(Function<TextParameter, String> values) {
        var filled = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Words(String text) -> filled.append(text);
                case Place(TextParameter parameter) -> filled.append(values.apply(parameter));
            }
        }
        return filled.toString();
    }

    /** As {@link #fill}, into HTML: no value can become markup, in text or in a quoted attribute. */
    String fillHtml(Function<TextParameter, String> values) {
        return fill(parameter -> escaped(values.apply(parameter)));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
