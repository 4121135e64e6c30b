package io.countersign.server.access;

import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.WebOrigin;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Integration;

/**
 * Whose pages may call from a browser: those of the sites that integrations list. A browser tells the page's site and
 * keeps answers from pages that the answer does not name; it is no protection from programs, which can tell anything.
 */
public final class AllowedSites {
    private static final String A_DAY = "86400";

    private final Catalogs catalogs;

    public AllowedSites(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** Whether the page that sent this belongs to one of the integration's sites. */
    public static boolean allow(Integration integration, Request request) {
        return WebOrigin.of(request).filter(integration.sites()::contains).isPresent();
    }

    /** Lets the page read the answer, if its site is one of any integration here. */
    public Reply open(Request request, Reply reply) {
        Reply varied = reply.header("Vary", "Origin");
        return WebOrigin.of(request).filter(catalogs.current()::isSite)
                .map(origin -> varied.header("Access-Control-Allow-Origin", origin)
                        .header("Access-Control-Expose-Headers", "Retry-After"))
                .orElse(varied);
    }

    /** The answer to a preflight; it comes before the body, and so before the integration is known. */
    public Reply preflight(Request request, String methods) {
        Reply reply = open(request, Reply.noContent().header("Allow", methods));
        return reply.header("Access-Control-Allow-Origin").isEmpty() ? reply
                : reply.header("Access-Control-Allow-Methods", methods)
                        .header("Access-Control-Allow-Headers", "Content-Type")
                        .header("Access-Control-Max-Age", A_DAY);
    }

    /** Lets pages read problems as well. */
    public ErrorRenderer errors(ErrorRenderer renderer) {
        return (request, problem) -> open(request, renderer.render(request, problem));
    }
}
