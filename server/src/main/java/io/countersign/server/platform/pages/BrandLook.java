package io.countersign.server.platform.pages;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a brand looks to people. The name is made safe for one line (mail subject, title); an accent that
 * is not {@code #rrggbb} and a logo address that is neither a path of this server nor http(s) are
 * dropped, not refused: a page with a plain look is better than no page.
 *
 * @param language tag of the language used when the reader's own is not there, as {@code en}
 */
public record BrandLook(String name, String language, String accent, String logoUrl) {
    /** For pages that belong to no brand, such as an unknown address. */
    public static final BrandLook NONE = new BrandLook("Countersign", Languages.FALLBACK, null, null);

    private static final int LONGEST_NAME = 200;
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern LOGO = Pattern.compile("(https?://|/(?!/))[^\\s\"'<>\\\\]{1,2000}");

    public BrandLook {
        name = OneLine.of(name, LONGEST_NAME);
        accent = accent != null && COLOR.matcher(accent).matches() ? accent : null;
        logoUrl = logoUrl != null && LOGO.matcher(logoUrl).matches() ? logoUrl : null;
    }

    public static BrandLook plain(String name, String language) {
        return new BrandLook(name, language, null, null);
    }

    public Optional<AccentColor> accentColor() {
        return Optional.ofNullable(accent).map(AccentColor::of);
    }
}
