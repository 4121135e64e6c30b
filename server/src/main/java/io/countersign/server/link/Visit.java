package io.countersign.server.link;

import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Somebody who comes by a link of a message.
 *
 * @param look  of the message's brand
 * @param texts in the language that the browser asks for, else the brand's
 * @param path  that the link led to
 * @param bound what else the link carries, as it was signed: the address of a page elsewhere, the answer of a poll
 */
public record Visit(Followed followed, BrandLook look, Texts texts, String path, Optional<String> bound) {
    public LinkedMessage message() {
        return followed.message();
    }

    public MessageLink link() {
        return followed.link();
    }

    /** The brand's name. */
    public String brand() {
        return look.name();
    }

    /** Where the page's buttons post to: the link itself. */
    public String action() {
        return path + bound.map(value -> "?" + link().kind().parameter() + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8)).orElse("");
    }
}
