package io.countersign.server.template;

import java.util.List;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.NodeFilter.FilterResult;

/** How deep elements may stand inside of each other: what reads them further on goes down as deep itself. */
final class Nesting {
    /** In HTML; more than mails have whose tables were nested by a program. */
    static final int DEEPEST = 250;

    private Nesting() {}

    /**
     * @param deepest inside of so many others an element may stand
     * @throws InvalidTemplate naming the first that stands deeper
     */
    static void require(Document document, int deepest, Marked source) {
        document.filter((node, depth) -> {
            if (depth > deepest + 1 && node instanceof Element element) { // the document itself is at 0
                throw tooDeep(source.spot(Math.max(0, element.sourceRange().startPos())), deepest);
            }
            return FilterResult.CONTINUE;
        });
    }

    static InvalidTemplate tooDeep(Spot spot, int deepest) {
        return new InvalidTemplate(List.of(spot.fault(FaultCode.LIMIT, "nested more than " + deepest + " deep")));
    }

    /** What is within the bounds and yet too deep for the thread that came to it is told in the same way. */
    static <T> T bounded(Spot spot, Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            throw new InvalidTemplate(List.of(spot.fault(FaultCode.LIMIT, "nested too deep")));
        }
    }
}
