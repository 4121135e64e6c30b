package io.countersign.server.platform.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files under {@code /static/}. Their names carry a hash of the content, so browsers may keep them
 * for good; the small accent sheets are computed from the colour in their name.
 */
public final class StaticFiles {
    public static final String PREFIX = "/static/";

    private static final List<String> SOURCES = List.of("pages.css", "icon.svg");
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String FOR_AN_HOUR = "public, max-age=3600";
    private static final Pattern ACCENT = Pattern.compile("accent-([0-9a-f]{6})\\.css");

    private final Map<String, StaticFile> byName;
    private final Map<String, String> pathBySource;
    private final StaticFile tracker;

    private StaticFiles(Map<String, StaticFile> byName, Map<String, String> pathBySource, StaticFile tracker) {
        this.byName = byName;
        this.pathBySource = pathBySource;
        this.tracker = tracker;
    }

    /** Reads the files from the class path; a missing one is a fault of the build. */
    public static StaticFiles load() {
        Map<String, StaticFile> byName = new HashMap<>();
        Map<String, String> pathBySource = new HashMap<>();
        for (String source : SOURCES) {
            StaticFile file = hashed(source, read(source));
            byName.put(file.name(), file);
            pathBySource.put(source, PREFIX + file.name());
        }
        return new StaticFiles(Map.copyOf(byName), Map.copyOf(pathBySource), plain("tracker.js"));
    }

    /**
     * The script for pages of other sites. They name it once and for all, so its name has no hash, and browsers ask for
     * it again after an hour.
     */
    public StaticFile tracker() {
        return tracker;
    }

    /** @param name what follows {@code /static/} in the request, as sent by anybody */
    public Optional<StaticFile> find(String name) {
        StaticFile file = byName.get(name);
        if (file != null) {
            return Optional.of(file);
        }
        Matcher accent = ACCENT.matcher(name);
        return accent.matches() ? Optional.of(accentSheet(name, accent.group(1))) : Optional.empty();
    }

    /** The address of a source file, as {@code /static/pages.3f2a9c0b1d4e.css} for {@code pages.css}. */
    public String path(String source) {
        String path = pathBySource.get(source);
        if (path == null) {
            throw new IllegalArgumentException("no static file " + source);
        }
        return path;
    }

    static String accentPath(AccentColor color) {
        return PREFIX + "accent-" + color.hex().substring(1) + ".css";
    }

    private static StaticFile accentSheet(String name, String hex) {
        byte[] bytes = AccentColor.of(hex).stylesheet().getBytes(StandardCharsets.UTF_8);
        return new StaticFile(name, bytes, contentType(name), '"' + hash(bytes) + '"', FOR_AN_HOUR);
    }

    private static StaticFile hashed(String source, byte[] bytes) {
        String hash = hash(bytes);
        int dot = source.lastIndexOf('.');
        String name = source.substring(0, dot) + '.' + hash + source.substring(dot);
        return new StaticFile(name, bytes, contentType(name), '"' + hash + '"', FOR_GOOD);
    }

    private static StaticFile plain(String name) {
        byte[] bytes = read(name);
        return new StaticFile(name, bytes, contentType(name), '"' + hash(bytes) + '"', FOR_AN_HOUR);
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "application/octet-stream";
        };
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String source) {
        try (InputStream in = StaticFiles.class.getResourceAsStream("/static/" + source)) {
            if (in == null) {
                throw new IllegalStateException("static file is missing: " + source);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
