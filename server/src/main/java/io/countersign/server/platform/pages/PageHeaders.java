package io.countersign.server.platform.pages;

import java.util.Map;

/** Response headers that belong to a page whatever it says. */
public final class PageHeaders {
    /**
     * For every page: nothing but our own styles and pictures, no scripts, no frames, nothing kept,
     * nothing leaked.
     */
    public static final Map<String, String> PAGE = Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Content-Security-Policy",
                    "default-src 'self'; script-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Robots-Tag", "noindex");

    /** For somebody else's HTML shown within a frame of ours: may run nothing, and belongs to no origin. */
    public static final Map<String, String> FOREIGN_HTML = Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Content-Security-Policy",
                    "sandbox; default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline';"
                            + " frame-ancestors 'self'",
            "Cache-Control", "no-store",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Robots-Tag", "noindex");

    private PageHeaders() {}
}
