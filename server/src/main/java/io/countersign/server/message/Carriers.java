package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.pages.OneLine;
import io.countersign.server.project.Sender;
import io.countersign.server.text.MessageText;

/** Puts a filled text into the form that its channel carries. */
public final class Carriers {
    private static final int LONGEST_SUBJECT = 900;

    private final Origins origins;

    Carriers(Origins origins) {
        this.origins = origins;
    }

    /** Whether the brand can send to this type of contact at all. */
    public static boolean hasSender(Sender sender, ContactType type) {
        return switch (type) {
            case EMAIL -> sender.email().isPresent();
            case MOBILE -> sender.sms().isPresent();
        };
    }

    Made form(Taken message, Sender sender, MessageText.Parts filled) {
        return form(message, sender, filled, ExtraHeaders.NONE);
    }

    /** @param headers of an email: how to leave, and the like */
    public Made form(Taken message, Sender sender, MessageText.Parts filled, ExtraHeaders headers) {
        return switch (message.recipient().type()) {
            case EMAIL -> email(message, sender, filled, headers);
            case MOBILE -> new OutgoingSms(message.id(), sender.sms().orElseThrow(), message.recipient().address(),
                    filled.text());
        };
    }

    private OutgoingEmail email(Taken message, Sender sender, MessageText.Parts filled,
                                ExtraHeaders headers) {
        return new OutgoingEmail(message.id(), origins.of(message, sender.email().orElseThrow()),
                new Mailbox("", message.recipient().address()), OneLine.of(filled.subject(), LONGEST_SUBJECT),
                new EmailBody(filled.text(), filled.html()), message.letter().createdAt(), headers);
    }
}
