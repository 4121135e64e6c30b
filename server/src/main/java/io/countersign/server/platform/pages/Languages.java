package io.countersign.server.platform.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The languages that people are spoken to in, one bundle of {@code /languages/} each. */
public final class Languages {
    public static final String FALLBACK = "en";

    private static final List<String> TAGS =
            List.of("en", "de", "fr", "es", "it", "nl", "pl", "pt", "ru", "tr", "uk", "ja", "cs", "sv", "ar");

    private final Map<String, Texts> byTag;

    private Languages(Map<String, Texts> byTag) {
        this.byTag = byTag;
    }

    /** Reads all bundles from the class path; a missing one is a fault of the build. */
    public static Languages load() {
        Map<String, Texts> byTag = new HashMap<>();
        TAGS.forEach(tag -> byTag.put(tag, new Texts(tag, read(tag))));
        return new Languages(Map.copyOf(byTag));
    }

    public List<String> tags() {
        return TAGS;
    }

    /**
     * The best language for a reader: what the browser asks for, else the brand's language, else English.
     *
     * @param acceptLanguage the request header as sent, or null
     * @param brandLanguage a language tag, or null
     */
    public Texts choose(String acceptLanguage, String brandLanguage) {
        Texts ofBrand = find(brandLanguage).orElseGet(() -> byTag.get(FALLBACK));
        if (acceptLanguage == null) {
            return ofBrand;
        }
        return AcceptLanguage.parse(acceptLanguage)
                .bestOf(byTag.keySet(), ofBrand.tag())
                .map(byTag::get)
                .orElse(ofBrand);
    }

    /** The texts for a tag such as {@code de} or {@code de-AT}; English when there are none. */
    public Texts in(String tag) {
        return find(tag).orElseGet(() -> byTag.get(FALLBACK));
    }

    private Optional<Texts> find(String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        return AcceptLanguage.lookup(tag, byTag.keySet()).map(byTag::get);
    }

    private static Map<String, String> read(String tag) {
        try (InputStream in = Languages.class.getResourceAsStream("/languages/" + tag + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("language bundle is missing: " + tag);
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> entries = new HashMap<>();
            properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
            return Map.copyOf(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
