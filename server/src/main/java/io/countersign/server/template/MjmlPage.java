package io.countersign.server.template;

import ch.digitalfondue.jfiveparse.JFiveParse;
import ch.digitalfondue.jfiveparse.Node;
import ch.digitalfondue.jfiveparse.Option;
import ch.digitalfondue.mjml4j.Mjml4j;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/** Turns marked MJML into marked HTML. */
final class MjmlPage {
    private static final int DEEPEST = 60;
    /** Components that hold other components: words between those would be dropped. */
    private static final Set<String> CONTAINERS = Set.of("mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column",
            "mj-hero");
    private static final Set<Option> AS_THE_LIBRARY = EnumSet.of(Option.DISABLE_IGNORE_TOKEN_IN_BODY_START_TAG,
            Option.INTERPRET_SELF_CLOSING_ANYTHING_ELSE, Option.DONT_TRANSFORM_ENTITIES,
            Option.DISABLE_IN_TABLE_TEXT_FOSTER_PARENTING);
    private final Marked source;
    private final Pieces pieces;
    private final Faults faults;
    private final List<Edit> edits = new ArrayList<>();

    /** Something of the source to be replaced. */
    private record Edit(int from, int to, String by) {}

    private MjmlPage(Marked source, Pieces pieces, Faults faults) {
        this.source = source;
        this.pieces = pieces;
        this.faults = faults;
    }

    static Marked html(Marked source, Pieces pieces, Faults faults) {
        return new MjmlPage(source, pieces, faults).html();
    }

    private Marked html() {
        Document document = Parser.xmlParser().setTrackPosition(true).parseInput(source.text(), "");
        Nesting.require(document, DEEPEST, source);
        Nesting.require(asHtml(), Nesting.DEEPEST, source);
        if (document.children().stream().noneMatch(element -> element.tagName().equals("mjml"))) {
            faults.add(source.spot(0), FaultCode.SYNTAX, "MJML begins with <mjml>");
        }
        for (Element element : document.getAllElements()) {
            element(element);
        }
        faults.throwIfAny();
        String html = rendered();
        List<Piece> kept = pieces.in(html);
        for (Piece piece : pieces.in(source.text())) {
            if (!kept.contains(piece)) {
                faults.add(piece.spot(), FaultCode.SYNTAX, "MJML leaves out what stands here: put it into <mj-raw>");
            }
        }
        List<Piece.Tag> written = pieces.tagsIn(source.text());
        if (!pieces.tagsIn(html).equals(written)) {
            faults.add(written.getFirst().spot(), FaultCode.SYNTAX,
                    "MJML would put directives into another order: keep them in <mj-raw> and <mj-text>");
        }
        return Marked.made(source.part(), html);
    }

    /** Nearly as the library reads it, for which much is an open tag that is none in XML; in little time. */
    private Document asHtml() {
        Parser parser = Parser.htmlParser().setTrackPosition(true);
        parser.tagSet().onNewTag(tag -> {
            if (!tag.isKnownTag()) {
                tag.set(Tag.SelfClose); // as <mj-image />
            }
        });
        return parser.parseInput(source.text(), "");
    }

    private void element(Element element) {
        if (element.tagName().equalsIgnoreCase("mj-include")) {
            add(element, FaultCode.FORBIDDEN, "<mj-include> cannot be used");
        }
        if (element.tagName().startsWith("mj-")) {
            role(element);
        }
        if (CONTAINERS.contains(element.tagName())) {
            element.textNodes().forEach(this::directivesToRaw);
        }
    }

    /** A component keeps no attribute that it does not know: what it says travels in front of its address. */
    private void role(Element element) {
        if (!element.hasAttr("data-link") && !element.hasAttr("data-name")) {
            return;
        }
        String mark = pieces.add(new Piece.Role(source.spot(element.sourceRange().startPos()),
                element.attr("data-link"), element.attr("data-name")));
        for (Attribute attribute : element.attributes()) {
            int from = attribute.sourceRange().nameRange().startPos();
            int value = attribute.sourceRange().valueRange().startPos();
            if (attribute.getKey().equals("href")) {
                edits.add(new Edit(value, value, mark));
            } else if (attribute.getKey().equals("data-link") && !element.hasAttr("href")) {
                edits.add(new Edit(from, attribute.sourceRange().valueRange().endPos() + 1,
                        "href=\"" + mark + '"'));
            }
        }
    }

    private void directivesToRaw(TextNode words) {
        int from = words.sourceRange().startPos();
        String text = source.text();
        for (int at = text.indexOf(Marked.BEGIN, from); at >= 0 && at < words.sourceRange().endPos();
                at = text.indexOf(Marked.BEGIN, at + 1)) {
            int end = text.indexOf(Marked.END, at) + 1;
            edits.add(new Edit(at, end, "<mj-raw>" + text.substring(at, end) + "</mj-raw>"));
        }
    }

    private String rendered() {
        edits.sort((one, other) -> Integer.compare(one.from(), other.from()));
        var text = new StringBuilder();
        int from = 0;
        for (Edit edit : edits) {
            text.append(source.text(), from, edit.from()).append(edit.by());
            from = edit.to();
        }
        String whole = text.append(source.text().substring(from)).toString();
        requireRenderable(whole);
        try {
            return Mjml4j.render(whole);
        } catch (RuntimeException e) {
            throw new InvalidTemplate(List.of(source.spot(0).fault(FaultCode.SYNTAX, "this is not MJML")));
        }
    }

    /** The library recurses over what its parser makes of a text. */
    private void requireRenderable(String text) {
        List<Node> level = JFiveParse.parseFragment(text, AS_THE_LIBRARY);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > Nesting.DEEPEST) {
                throw Nesting.tooDeep(source.spot(0), Nesting.DEEPEST);
            }
            level = level.stream().flatMap(node -> node.getChildNodes().stream()).toList();
        }
    }

    private void add(Element element, FaultCode code, String message) {
        faults.add(source.spot(element.sourceRange().startPos()), code, message);
    }
}
