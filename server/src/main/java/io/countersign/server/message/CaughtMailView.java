package io.countersign.server.message;

import java.util.List;

/**
 * One mail of the built-in catcher in full.
 *
 * @param text the text part; empty when there is none
 * @param hasHtml whether {@code /mail/{id}/html} answers with an HTML part
 */
public record CaughtMailView(
        CaughtMail mail, List<Header> headers, String text, boolean hasHtml, List<MailLink> links) {
    /** One header field, decoded. */
    public record Header(String name, String value) {}

    public CaughtMailView {
        headers = List.copyOf(headers);
        links = List.copyOf(links);
    }
}
