package io.countersign.server.platform.pages;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page that asks one thing, with one button.
 *
 * @param address whom it is about; its holder sees it in full
 * @param hint    beneath the button; may be empty
 */
public record Question(String heading, List<String> lines, String address, Action button, String hint) {
    public Question {
        lines = List.copyOf(lines);
    }

    /** The words of it as evidence: everything but the address, which the consent's contact tells. */
    public String wording() {
        return Stream.of(List.of(heading), lines, List.of("[" + button.label() + "]"), List.of(hint))
                .flatMap(List::stream).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
