package io.countersign.server.platform.pages;

import java.util.List;

/** What surrounds the content of a page; made by {@link Pages#frame}. */
public record Frame(
        String title,
        String language,
        String direction,
        BrandLook brand,
        List<String> stylesheets,
        String icon) {
    public Frame {
        stylesheets = List.copyOf(stylesheets);
    }
}
