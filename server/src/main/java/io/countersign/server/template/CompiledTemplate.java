package io.countersign.server.template;

import io.countersign.server.platform.pages.OneLine;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The programs of a text's parts.
 *
 * @param made whether the text part was made from the HTML
 */
record CompiledTemplate(Needs needs, Optional<Program> subject, Optional<Program> html, Program text, boolean made)
        implements Template {
    private static final int LONGEST_SUBJECT = 500;
    private static final Pattern BLANKS = Pattern.compile(" {2,}");
    private static final Pattern LINES = Pattern.compile("\\n{3,}");

    @Override
    public Filled fill(Filling filling) {
        return Nesting.bounded(Spot.nowhere("source"), () -> filled(filling));
    }

    private Filled filled(Filling filling) {
        var model = new FillingModel(filling);
        String line = subject.map(program -> program.run(model))
                .map(filled -> OneLine.of(filled, LONGEST_SUBJECT)).orElse("");
        requireWords(subject.isEmpty() || !line.isEmpty(), "subject");
        String page = html.map(program -> program.run(model)).orElse("");
        String words = text.run(model);
        String plain = made ? tightened(words) : words.strip();
        requireWords(html.isPresent() || !plain.isEmpty(), "source");
        return new Filled(line, page, plain);
    }

    /** What was left out for this recipient leaves no gap. */
    private static String tightened(String text) {
        String single = text.contains("  ") ? BLANKS.matcher(text).replaceAll(" ") : text;
        String ended = single.replace(" \n", "\n");
        return (ended.contains("\n\n\n") ? LINES.matcher(ended).replaceAll("\n\n") : ended).strip();
    }

    private static void requireWords(boolean there, String part) {
        if (!there) {
            throw new InvalidTemplate(List.of(Spot.nowhere(part).fault(FaultCode.MISSING_VALUE,
                    "filled for this recipient it is empty")));
        }
    }
}
