package io.countersign.server.campaign;

import io.countersign.server.template.Content;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The texts of a campaign, each for a variant and a language. */
public record CampaignTexts(Map<Key, Content> texts) {
    /** A campaign that has none yet. */
    static final CampaignTexts NONE = new CampaignTexts(Map.of());

    public CampaignTexts {
        texts = Map.copyOf(texts);
    }

    /** @param language a language tag as it was given: {@code de}, {@code pt-BR} */
    public record Key(String variant, String language) {}

    /** A text, and which it is. */
    public record Chosen(Key key, Content content) {}

    /**
     * The text of a variant in the language that fits best: the recipient's, or one without its region; else the
     * brand's in the same way; else the first there is. Empty when the variant has no text.
     *
     * @param wanted the recipient's language, or null
     */
    public Optional<Chosen> choose(String variant, String wanted, String ofBrand) {
        return in(variant, wanted).or(() -> in(variant, ofBrand)).or(() -> texts.keySet().stream()
                .filter(key -> key.variant().equals(variant)).min(Comparator.comparing(Key::language))
                .map(this::chosen));
    }

    private Optional<Chosen> in(String variant, String language) {
        String left = language == null ? "" : language;
        while (!left.isEmpty()) {
            String tag = left.toLowerCase(Locale.ROOT);
            Optional<Key> found = texts.keySet().stream().filter(key -> key.variant().equals(variant)
                    && key.language().toLowerCase(Locale.ROOT).equals(tag)).findFirst();
            if (found.isPresent()) {
                return found.map(this::chosen);
            }
            left = left.substring(0, Math.max(0, left.lastIndexOf('-')));
        }
        return Optional.empty();
    }

    private Chosen chosen(Key key) {
        return new Chosen(key, texts.get(key));
    }
}
