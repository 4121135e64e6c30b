package io.countersign.server.text;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.server.text.TextTemplate.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a transactional message says, with {@code ${parameters}}: by email its subject and one or both bodies, by SMS
 * its text. An empty string stands for a part that is not there.
 */
public final class MessageText {
    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_BODY = 200_000;
    private static final int LONGEST_SMS = 1_600;
    /** Different ones; each is a secret of its own in every message. */
    private static final int MOST_AUTHENTICATIONS = 10;

    private final Parts parts;
    private final TextTemplate subject;
    private final TextTemplate html;
    private final TextTemplate text;
    private final List<Place> places;

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
        this.places = Stream.of(subject, html, text).flatMap(part -> part.places().stream()).toList();
        if (carries(TextParameter.PROOFS)) {
            refuse(TextParameter.AUTHORIZATION_CODE::equals,
                    "cannot stand beside a code or link that proves a contact");
        }
        requireFewAuthentications();
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
                refuse(parameter -> parameter.only().equals(Optional.of(ContactType.MOBILE)), "goes by SMS only");
            }
            case MOBILE -> {
                requirePart("text", !parts.text().isBlank());
                requireSize("text", parts.text(), LONGEST_SMS);
                refuse(parameter -> parameter.only().equals(Optional.of(ContactType.EMAIL)), "goes by email only");
            }
        }
        return this;
    }

    /**
     * Refuses what must not go to a contact that somebody only claims.
     *
     * @throws InvalidMessageText for a secret that stands for the customer
     */
    public MessageText requireForClaimed() {
        refuse(TextParameter.AUTHENTICATIONS::contains, "goes to primary contacts only");
        return this;
    }

    /** Whether {@link #requireFor} would let it pass. */
    public boolean fits(ContactType type) {
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

    private void refuse(Predicate<TextParameter> which, String why) {
        places.stream().filter(place -> which.test(place.what().parameter())).findFirst().ifPresent(place -> {
            throw place.wrong(why);
        });
    }

    private void requireFewAuthentications() {
        var different = new LinkedHashSet<Placeholder>();
        for (Place place : places) {
            if (place.what().isAuthentication() && different.add(place.what())
                    && different.size() > MOST_AUTHENTICATIONS) {
                throw place.wrong("is one more than the " + MOST_AUTHENTICATIONS + " tickets that a text may carry");
            }
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
        if (carries(Set.of(TextParameter.AUTHORIZATION_CODE))) {
            return Optional.of(Purpose.AUTHORIZE);
        }
        return carries(TextParameter.PROOFS) ? Optional.of(Purpose.CONFIRM_CONTACT) : Optional.empty();
    }

    /** Whether one of these parameters stands in any part. */
    public boolean carries(Set<TextParameter> some) {
        return places.stream().anyMatch(place -> some.contains(place.what().parameter()));
    }

    /** The different secrets that stand for the customer; one that stands there twice is the same. */
    public List<Placeholder> authentications() {
        return places.stream().map(Place::what).filter(Placeholder::isAuthentication).distinct().toList();
    }

    public Parts parts() {
        return parts;
    }

    /** With its values; those in the HTML part are escaped. */
    public Parts fill(Function<Placeholder, String> values) {
        return new Parts(subject.fill(values), html.fillHtml(values), text.fill(values));
    }
}
