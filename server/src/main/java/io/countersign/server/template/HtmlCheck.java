package io.countersign.server.template;

import io.countersign.server.template.HtmlPage.Span;
import io.countersign.server.template.Piece.Output;
import io.countersign.server.template.Piece.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * Refuses HTML that could run something, and pieces that stand where what they make could change what a browser takes
 * for a tag: whatever a text is filled with, its tags are the ones that were checked here.
 */
final class HtmlCheck {
    private static final Set<String> FORBIDDEN = Set.of("script", "iframe", "frame", "frameset", "object", "embed",
            "applet", "base", "form", "svg", "math", "xmp", "plaintext", "noembed", "noframes", "noscript", "template",
            "textarea");
    private final HtmlPage page;
    private final Pieces pieces;
    private final Faults faults;

    private HtmlCheck(HtmlPage page, Pieces pieces, Faults faults) {
        this.page = page;
        this.pieces = pieces;
        this.faults = faults;
    }

    static void check(HtmlPage page, Pieces pieces, Faults faults) {
        var check = new HtmlCheck(page, pieces, faults);
        if (!page.isClosed()) {
            faults.add(new Spot(page.source().part(), 0, 0), FaultCode.SYNTAX,
                    "a tag, a comment or a <style> is not closed");
            return;
        }
        page.elements().forEach(check::element);
        check.places();
    }

    private void element(Element element) {
        int at = element.sourceRange().startPos();
        String name = Marked.without(element.tagName()).toLowerCase(Locale.ROOT);
        if (FORBIDDEN.contains(name) || name.equals("meta") && isRefresh(element)) {
            add(at, FaultCode.FORBIDDEN, "<" + name + "> cannot stand in a mail");
        }
        if (Marked.isIn(element.tagName())) {
            add(at, FaultCode.FORBIDDEN, "a parameter in the name of a tag");
        }
        String raw = page.raw(element);
        if (Marked.isIn(raw) && (raw.indexOf('<') >= 0 || !isBalanced(pieces.tagsIn(raw)))) {
            add(at, FaultCode.FORBIDDEN, "directives in <" + name + "> are closed in it, and no < is beside them");
        }
        attributes(element, at);
    }

    private static boolean isRefresh(Element element) {
        return element.attributes().asList().stream()
                .anyMatch(attribute -> Marked.without(attribute.getKey()).equals("http-equiv")
                        && Marked.without(attribute.getValue()).strip().equalsIgnoreCase("refresh"));
    }

    private void attributes(Element element, int at) {
        List<Span> spans = page.spans(element);
        var outside = new StringBuilder();
        int from = at;
        for (Span span : spans.stream().sorted((a, b) -> Integer.compare(a.from(), b.from())).toList()) {
            String key = Marked.without(span.attribute().getKey());
            if (key.startsWith("on") || Addresses.isScript(Marked.without(span.attribute().getValue()))) {
                add(at, FaultCode.FORBIDDEN, "a script in " + key);
            }
            String value = page.text().substring(span.valueFrom(), Math.max(span.valueFrom(), span.valueTo()));
            if (Marked.isIn(value) && !span.quoted()) {
                add(span.from(), FaultCode.FORBIDDEN, "a parameter in an attribute without quotes");
            }
            if (!isBalanced(pieces.tagsIn(value))) {
                add(span.from(), FaultCode.FORBIDDEN, "directives in an attribute are closed in it");
            }
            if (span.valueFrom() >= from) {
                outside.append(page.text(), from, span.valueFrom());
                from = Math.max(from, span.valueTo());
            }
        }
        outside.append(page.text(), Math.min(from, element.sourceRange().endPos()), element.sourceRange().endPos());
        outsideValues(element, at, outside.toString());
    }

    /** What of a tag is not in the value of an attribute. */
    private void outsideValues(Element element, int at, String tag) {
        List<Piece> found = pieces.in(tag);
        if (found.stream().anyMatch(Output.class::isInstance)) {
            add(at, FaultCode.FORBIDDEN, "a parameter inside a tag stands in quotes");
        }
        if (!isBalanced(pieces.tagsIn(tag))) {
            add(at, FaultCode.FORBIDDEN, "directives inside a tag are closed in it");
        }
        if (!found.isEmpty() && element.normalName().equals("a")) {
            add(at, FaultCode.FORBIDDEN, "in the tag of a link, directives stand in the values of attributes only");
        }
    }

    private void places() {
        String text = page.text();
        for (int at = text.indexOf(Marked.BEGIN); at >= 0; at = text.indexOf(Marked.BEGIN, at + 1)) {
            Piece piece = pieces.get(Marked.numberAt(text, at));
            if (piece instanceof Tag && page.isComment(at)) {
                faults.add(piece.spot(), FaultCode.FORBIDDEN, "a directive in an HTML comment");
            }
            String before = text.substring(Math.max(0, at - 2), at);
            if (page.isText(at) && (before.endsWith("<") || before.endsWith("</"))) {
                faults.add(piece.spot(), FaultCode.FORBIDDEN, "a parameter or directive right after <");
            }
        }
    }

    /** Whether every block that is opened there is closed there, and none is left early. */
    private static boolean isBalanced(List<Tag> tags) {
        int depth = 0;
        for (Tag tag : tags) {
            depth += tag.kind().nests();
            boolean leaves = tag.kind() == TagKind.BREAK || tag.kind() == TagKind.CONTINUE;
            boolean alternative = tag.kind() == TagKind.ELSE || tag.kind() == TagKind.ELSE_IF;
            if (depth < 0 || leaves || alternative && depth == 0) {
                return false;
            }
        }
        return depth == 0;
    }

    private void add(int at, FaultCode code, String message) {
        faults.add(page.source().spot(at), code, message);
    }
}
