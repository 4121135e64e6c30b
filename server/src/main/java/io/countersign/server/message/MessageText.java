package io.countersign.server.message;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a transactional message says, with {@code ${parameters}}: by email its subject and one or both bodies, by SMS
 * its text. An empty string stands for a part that is not there.
 */
public final class MessageText {
    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_BODY = 200_000;
    private static final int LONGEST_SMS = 1_600;

    private final Parts parts;
    private final TextTemplate subject;
    private final TextTemplate html;
    private final TextTemplate text;

    /** As somebody wrote it, or, filled, as somebody reads it. */
    public record Parts(String subject, String html, String text) {}

    private MessageText(Parts parts) {
        requireSize("subject", parts.subject(), LONGEST_SUBJECT);
        requireSize("html", parts.html(), LONGEST_BODY);
        requireSize("text", parts.text(), LONGEST_BODY);
        requireOneLine(parts.subject());
        this.parts = parts;
        this.subject = TextTemplate.parse("subject", parts.subject());
        this.html = TextTemplate.parse("html", parts.html());
        this.text = TextTemplate.parse("text", parts.text());
        if (authorizes() && carries(TextParameter.PROOFS)) {
            refuse(TextParameter.AUTHORIZATION_CODE, "cannot stand beside a code or link that proves a contact");
        }
    }

    /** @throws InvalidMessageText when it is too long, or names parameters that do not exist or do not go together */
    public static MessageText of(String subject, String html, String text) {
        return new MessageText(new Parts(subject, html, text));
    }

    /**
     * Refuses what cannot go to a contact of this type: a part that is missing, a code or link of another type.
     *
     * @throws InvalidMessageText naming the part
     */
    public MessageText requireFor(ContactType type) {
        switch (type) {
            case EMAIL -> {
                requirePart("subject", !parts.subject().isBlank());
                requirePart("text", !parts.text().isBlank() || !parts.html().isBlank());
                refuse(TextParameter.MOBILE_CODE, "proves a phone, and cannot go by email");
            }
            case MOBILE -> {
                requirePart("text", !parts.text().isBlank());
                requireSize("text", parts.text(), LONGEST_SMS);
                refuse(TextParameter.EMAIL_CODE, "proves an email address, and cannot go by SMS");
                refuse(TextParameter.EMAIL_TICKET, "proves an email address, and cannot go by SMS");
            }
        }
        return this;
    }

    /** Whether {@link #requireFor} would let it pass. */
    boolean fits(ContactType type) {
        try {
            requireFor(type);
            return true;
        } catch (InvalidMessageText e) {
            return false;
        }
    }

    private static void requirePart(String part, boolean there) {
        if (!there) {
            throw new InvalidMessageText(part, 1, "this part is missing");
        }
    }

    private void refuse(TextParameter parameter, String why) {
        if (parameters().contains(parameter)) {
            String name = "${" + parameter.parameterName() + "}";
            String part = subject.parameters().contains(parameter) ? "subject"
                    : html.parameters().contains(parameter) ? "html" : "text";
            String words = part.equals("subject") ? parts.subject() : part.equals("html") ? parts.html() : parts.text();
            throw new InvalidMessageText(part, words.indexOf(name) + 1, name + " " + why);
        }
    }

    private static void requireSize(String part, String words, int longest) {
        if (words.length() > longest) {
            throw new InvalidMessageText(part, longest + 1, "longer than " + longest + " characters");
        }
    }

    private static void requireOneLine(String subject) {
        for (int i = 0; i < subject.length(); i++) {
            if (Character.isISOControl(subject.charAt(i))) {
                throw new InvalidMessageText("subject", i + 1, "a subject is one line");
            }
        }
    }

    /** What answering its code or link proves; empty when it carries neither. */
    public Optional<Purpose> proves() {
        if (authorizes()) {
            return Optional.of(Purpose.AUTHORIZE);
        }
        return carries(TextParameter.PROOFS) ? Optional.of(Purpose.CONFIRM_CONTACT) : Optional.empty();
    }

    private boolean authorizes() {
        return parameters().contains(TextParameter.AUTHORIZATION_CODE);
    }

    /** Whether one of these parameters stands in any part. */
    boolean carries(Set<TextParameter> some) {
        return parameters().stream().anyMatch(some::contains);
    }

    Parts parts() {
        return parts;
    }

    private Set<TextParameter> parameters() {
        var all = EnumSet.noneOf(TextParameter.class);
        all.addAll(subject.parameters());
        all.addAll(html.parameters());
        all.addAll(text.parameters());
        return all;
    }

    /** With its values; those in the HTML part are escaped. */
    Parts fill(Function<TextParameter, String> values) {
        return new Parts(subject.fill(values), html.fillHtml(values), text.fill(values));
    }
}
