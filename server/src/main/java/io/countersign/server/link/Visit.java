package io.countersign.server.link;

import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Brand;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Somebody who comes by a link of a message.
 *
 * @param texts in the language that the browser asks for, else the brand's
 * @param path  that the link led to
 * @param bound the address of a page elsewhere that the link carries, as it was signed
 */
public record Visit(Followed followed, Brand brand, Texts texts, String path, Optional<String> bound) {
    public LinkedMessage message() {
        return followed.message();
    }

    public MessageLink link() {
        return followed.link();
    }

    public BrandLook look() {
        return BrandLook.plain(brand.name(), brand.language());
    }

    /** Where the page's buttons post to: the link itself. */
    public String action() {
        return path + bound.map(url -> "?to=" + URLEncoder.encode(url, StandardCharsets.UTF_8)).orElse("");
    }
}
