package io.countersign.domain.reference;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.contact.ValidityRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The section on validity in {@code docs/reference/contacts.md}. */
final class ValiditySection {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> STORIES = List.of(
            "no_such_address 0", "refused 0, refused 3, refused 6", "refused 0, refused 4, refused 8",
            "refused 0, refused 4, accepted 5, refused 8", "mailbox_full 0", "mailbox_full 0, mailbox_full 3",
            "mailbox_full 0, mailbox_full 7", "mailbox_full 0, mailbox_full 7, mailbox_full 37",
            "mailbox_full 0, mailbox_full 7, mailbox_full 37, mailbox_full 127",
            "mailbox_full 0, mailbox_full 7, mailbox_full 37, mailbox_full 127, mailbox_full 307",
            "mailbox_full 0, accepted 8, mailbox_full 9", "no_such_address 0, accepted 1");

    private ValiditySection() {}

    static void write(Page page) {
        page.heading("When a contact is not valid");
        page.paragraph("""
                What becomes of messages tells whether a contact can be reached. Marketing and opt-in
                messages are not sent to a contact that is not valid; transactional ones are, unless the
                address does not exist: such a hard bounce suppresses it, and nothing is sent. It is a
                fact about the address, whoever holds it.""");
        page.paragraph("""
                *no_such_address*: the mail server said so (5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.10).
                *mailbox_full*: 5.2.2, 4.2.2 until the last try, or a plain 552. *refused*: any other
                answer that is about the recipient, after the last try of the message. Answers about the
                sender, the message or the provider do not count. *accepted*: the mail server took the
                message.""");
        var rows = new ArrayList<List<String>>();
        STORIES.forEach(story -> rows.add(List.of(words(story), after(story))));
        page.table(List.of("Deliveries, each with its day", "Afterwards"), rows);
        page.paragraph("""
                Reports that come back later count the same, by their status; there a status that is about the
                message, its size or a policy (x.1.7, x.1.8, x.2.3, x.3.4, x.6.x, x.7.x) does not count, and
                one that nobody understands is *refused*. A failure at another address behind a forwarding
                is *refused* as well.""");
        page.paragraph("""
                A contact that is not valid becomes valid again when somebody opens or follows a message,
                asks to leave, or a program answers for them, within 36 hours after that message was sent;
                and when an operator says so (`DELETE /v1/customers/{id}/contacts/{contact}/invalidity`).
                Nothing that was counted remains then.""");
    }

    private static String words(String story) {
        return story.replaceAll(" (\\d+)", " (day $1)");
    }

    private static String after(String story) {
        Validity validity = Validity.of(new Validity.Contact(ContactType.EMAIL, "a"));
        Instant now = START;
        for (String delivery : story.split(", ")) {
            String[] parts = delivery.split(" ");
            now = START.plus(Duration.ofDays(Long.parseLong(parts[1])));
            validity = ValidityRules.report(validity, DeliveryReport.valueOf(parts[0].toUpperCase(Locale.ROOT)), now);
        }
        return validity.invalid(now).map(invalid -> "not valid (" + invalid.reason().name().toLowerCase(Locale.ROOT)
                + invalid.until().map(end -> "), until day " + Duration.between(START, end).toDays())
                        .orElse("), for good")).orElse("valid");
    }
}
