package io.countersign.server.message;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Mails for tests: the same number is always the same mail. */
final class Emails {
    static final Instant DATE = Instant.parse("2026-03-01T09:05:07Z");
    static final Mailbox SHOP = Mailbox.parse("Acme Shop <hello@acme.test>");

    private Emails() {
    }

    static OutgoingEmail to(String address) {
        return numbered(1, address);
    }

    static OutgoingEmail numbered(int number, String address) {
        return with(number, Mailbox.parse(address), "Please confirm",
                new EmailBody("Hello\n", "<p>Hello</p>\n"));
    }

    static OutgoingEmail with(int number, Mailbox to, String subject, EmailBody body) {
        return new OutgoingEmail(new UUID(0x0123456789abcdefL, number), Origin.plain(SHOP), to, subject, body, DATE,
                new ExtraHeaders(Map.of()));
    }
}
