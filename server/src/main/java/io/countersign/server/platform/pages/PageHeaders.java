package io.countersign.server.platform.pages;

import java.util.Map;

/** Response headers of pages that are not ours; what our own carry is added at the edge. */
public final class PageHeaders {
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
