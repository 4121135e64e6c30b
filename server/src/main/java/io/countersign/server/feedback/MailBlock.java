package io.countersign.server.feedback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a mail, of one of its parts, or of a mail inside of it, with the beginning of its text.
 *
 * @param type    media type in lower case
 * @param mail    whether it is a mail of its own: the outer one, or one inside
 * @param headers unfolded values by names in lower case, in their order
 * @param text    empty for what holds other parts
 */
record MailBlock(String type, boolean mail, Map<String, List<String>> headers, String text) {
    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** A header in lower case without blanks around it; empty where there is none. */
    String word(String name) {
        return first(name).map(value -> value.strip().toLowerCase(Locale.ROOT)).orElse("");
    }
}
