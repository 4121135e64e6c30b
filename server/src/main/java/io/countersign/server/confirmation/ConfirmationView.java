package io.countersign.server.confirmation;

import io.countersign.server.platform.pages.BrandLook;
import java.util.List;

/**
 * What the page of one opt-in link tells about.
 *
 * @param action where the buttons post to, as {@code /c/{ticket}}
 * @param address the address that the link was sent to; its holder sees it in full
 * @param topics the names of the topics that were asked for; may be empty
 */
public record ConfirmationView(BrandLook brand, String action, String address, List<String> topics) {
    public ConfirmationView {
        topics = List.copyOf(topics);
    }

    /** For screens that tell about nobody: {@code Unknown}, {@code Foreign}, {@code Gone}. */
    public static ConfirmationView of(BrandLook brand, String action) {
        return new ConfirmationView(brand, action, "", List.of());
    }
}
