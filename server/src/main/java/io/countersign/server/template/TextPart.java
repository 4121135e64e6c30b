package io.countersign.server.template;

import io.countersign.server.template.Piece.Tag;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** Makes the text part from the HTML: what it says, in its order, with the addresses of its links. */
final class TextPart {
    private static final Set<String> PARAGRAPHS = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl",
            "table", "blockquote", "pre");
    private static final Set<String> LINES = Set.of("div", "tr", "li", "dt", "dd", "section", "article", "header",
            "footer", "center", "address", "figure", "figcaption", "caption");
    private static final Set<String> UNSEEN = Set.of("head", "style", "script", "title", "meta", "link");
    private final Pieces pieces;
    private final FlowingText out = new FlowingText();

    private TextPart(Pieces pieces) {
        this.pieces = pieces;
    }

    /** @param rewritten the page, with its links as pieces */
    static Marked of(Marked rewritten, Pieces pieces) {
        var page = new HtmlPage(rewritten);
        Document document = Parser.htmlParser().parseInput(directivesAsComments(page, pieces), "");
        var made = new TextPart(pieces);
        made.children(document);
        return Marked.made("text", made.out.text());
    }

    /** A comment stays where it stands, also between the rows of a table, where words would not. */
    private static String directivesAsComments(HtmlPage page, Pieces pieces) {
        String text = page.text();
        var changed = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(Marked.BEGIN); at >= 0; at = text.indexOf(Marked.BEGIN, from)) {
            int end = text.indexOf(Marked.END, at) + 1;
            changed.append(text, from, at);
            String mark = text.substring(at, end);
            boolean directive = pieces.get(Marked.numberAt(text, at)) instanceof Tag && page.isText(at);
            changed.append(directive ? "<!--" + mark + "-->" : mark);
            from = end;
        }
        return changed.append(text.substring(from)).toString();
    }

    private void node(Node node) {
        switch (node) {
            case TextNode text -> words(text.getWholeText());
            case Comment comment -> directive(comment.getData());
            case Element element -> element(element);
            default -> { }
        }
    }

    private void words(String text) {
        int from = 0;
        for (int at = text.indexOf(Marked.BEGIN); at >= 0; at = text.indexOf(Marked.BEGIN, from)) {
            int end = text.indexOf(Marked.END, at) + 1;
            out.words(text.substring(from, at));
            if (!(pieces.get(Marked.numberAt(text, at)) instanceof Piece.Picture)) {
                out.value(text.substring(at, end));
            }
            from = end;
        }
        out.words(text.substring(from));
    }

    private void directive(String comment) {
        if (!comment.isEmpty() && comment.charAt(0) == Marked.BEGIN
                && comment.indexOf(Marked.END) == comment.length() - 1) {
            out.directive(comment);
        }
    }

    /** What is not seen may still give a name to something, or close what is open. */
    private void directives(Element unseen) {
        unseen.traverse((node, _) -> {
            if (node instanceof Comment comment) {
                directive(comment.getData());
            }
        });
    }

    private void element(Element element) {
        String name = element.normalName();
        if (UNSEEN.contains(name) || isHidden(element)) {
            directives(element);
            return;
        }
        switch (name) {
            case "br" -> out.lines(1);
            case "hr" -> {
                out.lines(2);
                out.words("----------");
                out.lines(2);
            }
            case "img" -> words(element.attr("alt"));
            case "a" -> link(element);
            case "td", "th" -> {
                out.words(" ");
                children(element);
                out.words(" ");
            }
            default -> {
                int breaks = PARAGRAPHS.contains(name) ? 2 : LINES.contains(name) ? 1 : 0;
                out.lines(breaks);
                if (name.equals("li")) {
                    out.words(bullet(element));
                }
                children(element);
                out.lines(breaks);
            }
        }
    }

    private void children(Element element) {
        element.childNodes().forEach(this::node);
    }

    /** Counted where it is known how many there are. */
    private static String bullet(Element element) {
        boolean counted = element.parent() != null && element.parent().normalName().equals("ol")
                && element.parent().childNodes().stream().noneMatch(Comment.class::isInstance);
        return counted ? element.elementSiblingIndex() + 1 + ". " : "- ";
    }

    private void link(Element element) {
        String address = element.attr("href").strip();
        int before = out.length();
        children(element);
        String label = out.since(before).strip();
        boolean same = label.equals(address) || address.equals("mailto:" + label) || address.equals("tel:" + label);
        if (address.isEmpty() || address.startsWith("#") || same) {
            return;
        }
        if (!label.isEmpty()) {
            out.close();
            out.words(label.endsWith(":") ? " " : ": ");
        }
        words(address.replaceFirst("^(mailto|tel|sms):", ""));
    }

    private static boolean isHidden(Element element) {
        String style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
        return style.contains("display:none") || style.contains("visibility:hidden") || element.hasAttr("hidden");
    }
}
