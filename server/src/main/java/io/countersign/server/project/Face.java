package io.countersign.server.project;

import java.util.Optional;

/**
 * What people see of a brand.
 *
 * @param language      of pages and mails, where the person's own is not known
 * @param accentColor   {@code #rrggbb}, lower case
 * @param logoUrl       of an image, http or https
 * @param postalAddress in the foot of marketing mails; may have several lines
 * @param landingUrl    where confirmations lead, instead of our own page; http or https
 */
public record Face(String language, Optional<String> accentColor, Optional<String> logoUrl,
                   Optional<String> postalAddress, Optional<String> landingUrl) {}
