package io.countersign.server.message;

import io.countersign.server.platform.pages.BrandLook;
import java.util.List;

/**
 * What the opt-in email tells.
 *
 * @param topics the names of the topics that were asked for; may be empty
 * @param optInUrl the address of the confirmation page: absolute, http or https
 * @param sender the mail address that it comes from
 * @param site where the form stands, as {@code www.example.org}; null when not known
 */
public record OptInEmailView(
        BrandLook brand, List<String> topics, String optInUrl, String sender, String site) {
    public OptInEmailView {
        topics = List.copyOf(topics);
        if (!optInUrl.matches("https?://[^\\s\\p{Cntrl}<>\"]{1,4000}")) {
            throw new IllegalArgumentException("optInUrl is not an absolute http address");
        }
    }
}
