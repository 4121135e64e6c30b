package io.countersign.server.template;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/**
 * Marked HTML, and what a browser will make of each of its places. The HTML itself is changed at the places that are
 * found here and nowhere else: an author's layout for old mail programs stays as it is.
 */
final class HtmlPage {
    private static final List<String> RAW = List.of("style", "title", "script", "textarea");
    private static final String END_OF_BODY = "</body";
    /** Parsed as an element only if everything before it is closed. */
    private static final String SENTINEL = "<wbr>";
    private final Marked source;
    private final Document document;
    private final BitSet outsideText = new BitSet();
    private final BitSet comments = new BitSet();

    /** Part of a start tag; from its name to behind its last quote. */
    record Span(Attribute attribute, int from, int valueFrom, int valueTo, int to, boolean quoted) {
        boolean hasInValue(int place) {
            return place >= valueFrom && place < valueTo;
        }
    }

    /** @throws InvalidTemplate when elements are nested too deep */
    HtmlPage(Marked source) {
        this.source = source;
        this.document = Parser.htmlParser().setTrackPosition(true).parseInput(source.text() + SENTINEL, "");
        Nesting.require(document, Nesting.DEEPEST, source);
        for (Element element : elements()) {
            mark(outsideText, element.sourceRange());
            if (RAW.contains(element.normalName())) {
                outsideText.set(element.sourceRange().endPos(), rawEnd(element));
            }
        }
        document.traverse((node, _) -> {
            if (node instanceof Comment) {
                mark(comments, node.sourceRange());
            }
        });
    }

    private static void mark(BitSet places, Range range) {
        places.set(range.startPos(), range.endPos());
    }

    /** Where the end tag begins that a browser would find. */
    private int rawEnd(Element element) {
        String end = "</" + element.normalName();
        for (int at = element.sourceRange().endPos(); at < text().length(); at++) {
            if (text().regionMatches(true, at, end, 0, end.length())
                    && " \n\t\f/>".indexOf(charAt(at + end.length())) >= 0) {
                return at;
            }
        }
        return Math.max(text().length(), element.sourceRange().endPos());
    }

    String text() {
        return source.text();
    }

    Marked source() {
        return source;
    }

    Document document() {
        return document;
    }

    /** Whether the end of the source is text, and not inside a tag, a comment or a style. */
    boolean isClosed() {
        return document.select("wbr").stream()
                .anyMatch(element -> element.sourceRange().startPos() == source.text().length());
    }

    /** Elements that stand in the source, in its order, each once. */
    List<Element> elements() {
        var seen = new BitSet();
        var found = new ArrayList<Element>();
        for (Element element : document.getAllElements()) {
            Range range = element.sourceRange();
            if (range.isTracked() && range.endPos() > range.startPos() && range.startPos() < source.text().length()
                    && !seen.get(range.startPos())) {
                seen.set(range.startPos());
                found.add(element);
            }
        }
        found.sort((one, other) -> Integer.compare(one.sourceRange().startPos(), other.sourceRange().startPos()));
        return found;
    }

    boolean isComment(int place) {
        return comments.get(place);
    }

    /** Whether it is text of the page: not in a tag, a comment, a style or a title. */
    boolean isText(int place) {
        return !outsideText.get(place) && !comments.get(place);
    }

    String tag(Element element) {
        return text().substring(element.sourceRange().startPos(), element.sourceRange().endPos());
    }

    /** What stands between the tags of a style or title. */
    String raw(Element element) {
        return RAW.contains(element.normalName())
                ? text().substring(element.sourceRange().endPos(), rawEnd(element)) : "";
    }

    /** Its attributes with their places. */
    List<Span> spans(Element element) {
        var spans = new ArrayList<Span>();
        for (Attribute attribute : element.attributes()) {
            Range name = attribute.sourceRange().nameRange();
            if (name.isTracked()) {
                spans.add(span(attribute, name.startPos(), name.endPos()));
            }
        }
        return spans;
    }

    private Span span(Attribute attribute, int from, int nameEnd) {
        int at = blanksFrom(nameEnd);
        if (charAt(at) != '=') {
            return new Span(attribute, from, nameEnd, nameEnd, nameEnd, false);
        }
        at = blanksFrom(at + 1);
        char quote = charAt(at);
        if (quote == '"' || quote == '\'') {
            int end = text().indexOf(quote, at + 1);
            return new Span(attribute, from, at + 1, end, end + 1, true);
        }
        int end = at;
        while (charAt(end) != '>' && !Character.isWhitespace(charAt(end))) {
            end++;
        }
        return new Span(attribute, from, at, end, end, false);
    }

    private int blanksFrom(int from) {
        int at = from;
        while (Character.isWhitespace(charAt(at))) {
            at++;
        }
        return at;
    }

    private char charAt(int at) {
        return at < text().length() ? text().charAt(at) : '>';
    }

    /** Where the body's content begins. */
    int bodyStart() {
        Range body = document.body().sourceRange();
        if (body.isTracked() && body.endPos() > body.startPos()) {
            return body.endPos();
        }
        return document.body().childNodes().stream().map(Node::sourceRange).filter(Range::isTracked)
                .mapToInt(Range::startPos).min().orElse(text().length());
    }

    /** Where the body's content ends. */
    int bodyEnd() {
        int end = text().length() - END_OF_BODY.length();
        while (end >= 0 && !text().regionMatches(true, end, END_OF_BODY, 0, END_OF_BODY.length())) {
            end--;
        }
        return end >= 0 && isText(end) ? end : text().length();
    }
}
