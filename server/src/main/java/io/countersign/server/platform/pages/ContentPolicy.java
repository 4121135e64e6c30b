package io.countersign.server.platform.pages;

import io.countersign.server.platform.http.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a page of a brand may load, and where its forms may end: its logo's site, and the site it leads to. */
public final class ContentPolicy {
    private static final String HEADER = "Content-Security-Policy";

    private ContentPolicy() {}

    /** The page with what it needs beyond our own files; one that needs nothing more is left as it is. */
    public static Reply of(Reply page, BrandLook look, Optional<String> destination) {
        Optional<String> images = Optional.ofNullable(look.logoUrl()).flatMap(ContentPolicy::origin);
        Optional<String> forms = destination.flatMap(ContentPolicy::origin);
        return images.isEmpty() && forms.isEmpty() ? page : page.header(HEADER,
                "default-src 'none'; style-src 'self'; img-src 'self'" + more(images) + "; frame-src 'self'; "
                        + "base-uri 'none'; form-action 'self'" + more(forms) + "; frame-ancestors 'none'");
    }

    private static String more(Optional<String> origin) {
        return origin.map(site -> " " + site).orElse("");
    }

    /** The site of an address of the web; empty for what is none, and for a path of our own. */
    public static Optional<String> origin(String url) {
        try {
            var uri = new URI(url);
            boolean web = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null && uri.getHost().matches("[A-Za-z0-9.:\\[\\]-]{1,253}");
            return web ? Optional.of(uri.getScheme() + "://" + uri.getHost()
                    + (uri.getPort() < 0 ? "" : ":" + uri.getPort())) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
