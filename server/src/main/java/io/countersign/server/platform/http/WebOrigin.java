package io.countersign.server.platform.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The origin of a page, written as browsers write it in the header {@code Origin}: scheme, host and port in lower case,
 * without the port that the scheme has anyway.
 */
public final class WebOrigin {
    private static final int LONGEST = 2000;

    private WebOrigin() {}

    /** The origin of a web address; empty for anything else, such as {@code null}, which pages without one send. */
    public static Optional<String> of(String address) {
        if (address.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !List.of("http", "https").contains(scheme)) {
                return Optional.empty();
            }
            boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("http") ? 80 : 443);
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT)
                    + (usual ? "" : ":" + uri.getPort()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /**
     * The origin of the page that sent a request: what {@code Origin} tells, and only without that header what {@code
     * Referer} tells. Programs can write what they like there; browsers do not let a page do so.
     */
    public static Optional<String> of(Request request) {
        return request.header("Origin").or(() -> request.header("Referer").map(WebOrigin::beginning))
                .flatMap(WebOrigin::of);
    }

    /** Without the path and what follows: it need not be written as a URI demands. */
    private static String beginning(String address) {
        int host = address.indexOf("://") + 3;
        for (int end = host; end < address.length(); end++) {
            if ("/?#\\".indexOf(address.charAt(end)) >= 0) {
                return address.substring(0, end);
            }
        }
        return address;
    }
}
