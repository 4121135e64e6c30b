package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.pages.OneLine;
import io.countersign.server.project.Sender;
import java.util.function.Supplier;

/** Puts a filled text into the form of its channel and gives it to the channel's provider. */
final class Carriers {
    private static final int LONGEST_SUBJECT = 900;

    private final Supplier<EmailProvider> email;
    private final Supplier<SmsProvider> sms;

    /** Providers are asked for each message anew: the set-up may name others meanwhile. */
    Carriers(Supplier<EmailProvider> email, Supplier<SmsProvider> sms) {
        this.email = email;
        this.sms = sms;
    }

    static boolean hasSender(Sender sender, ContactType type) {
        return switch (type) {
            case EMAIL -> sender.email().isPresent();
            case MOBILE -> sender.sms().isPresent();
        };
    }

    HandOver carry(Taken message, Sender sender, MessageText.Parts filled) {
        return switch (message.recipient().type()) {
            case EMAIL -> email.get().handOver(email(message, sender, filled));
            case MOBILE -> sms.get().handOver(new OutgoingSms(message.id(), sender.sms().orElseThrow(),
                    message.recipient().address(), filled.text()));
        };
    }

    private static OutgoingEmail email(Taken message, Sender sender, MessageText.Parts filled) {
        return new OutgoingEmail(message.id(), Mailbox.parse(sender.email().orElseThrow()),
                new Mailbox("", message.recipient().address()), OneLine.of(filled.subject(), LONGEST_SUBJECT),
                new EmailBody(filled.text(), filled.html()), message.letter().createdAt(), ExtraHeaders.NONE);
    }
}
