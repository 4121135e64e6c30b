package io.countersign.server.form;

import io.countersign.server.platform.pages.BrandLook;
import java.util.List;

/**
 * What the sign-up page of one form shows.
 *
 * @param action where the form is posted to, as {@code /f/newsletter}
 * @param topics the names of the topics that the form signs up for; may be empty
 * @param doubleOptIn whether a confirmation email comes first
 * @param honeypot name of the field that only machines fill in
 * @param wording the consent wording of this form, or null for the usual one in the reader's language
 */
public record SignUpView(
        BrandLook brand,
        String action,
        List<String> topics,
        boolean doubleOptIn,
        boolean asksFirstName,
        String honeypot,
        String wording) {
    public SignUpView {
        topics = List.copyOf(topics);
    }
}
