package io.countersign.server.preference;

import java.util.List;
import java.util.Optional;

/**
 * What the preference page of one person tells.
 *
 * @param saved whether it is shown after something was saved
 * @param off   whether the whole channel is switched off, so that no topic reaches the person
 */
public record PreferenceView(boolean saved, boolean off, List<Choice> topics, List<Why> why) {
    public PreferenceView {
        topics = List.copyOf(topics);
        why = List.copyOf(why);
    }

    /** One topic and its box. */
    public record Choice(String slug, String name, boolean ticked) {}

    /**
     * One moment at which the subscription changed.
     *
     * @param at      as the person's language writes it
     * @param iso     the same for machines
     * @param how     a sentence
     * @param wording what the person was shown
     */
    public record Why(String at, String iso, String how, Optional<String> page, Optional<String> ip,
                      Optional<String> wording) {}
}
