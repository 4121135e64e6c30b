package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.pages.OneLine;
import io.countersign.server.project.Sender;
import io.countersign.server.text.MessageText;
import java.util.function.Supplier;

/** Puts a filled text into the form of its channel and gives it to the channel's provider. */
public final class Carriers {
    private static final int LONGEST_SUBJECT = 900;

    private final Supplier<EmailProvider> email;
    private final Supplier<SmsProvider> sms;
    private final Origins origins;

    /** Providers are asked for each message anew: the set-up may name others meanwhile. */
    Carriers(Supplier<EmailProvider> email, Supplier<SmsProvider> sms, Origins origins) {
        this.email = email;
        this.sms = sms;
        this.origins = origins;
    }

    /** Whether the brand can send to this type of contact at all. */
    public static boolean hasSender(Sender sender, ContactType type) {
        return switch (type) {
            case EMAIL -> sender.email().isPresent();
            case MOBILE -> sender.sms().isPresent();
        };
    }

    HandOver carry(Taken message, Sender sender, MessageText.Parts filled) {
        return carry(message, sender, filled, ExtraHeaders.NONE);
    }

    /** @param headers of an email: how to leave, and the like */
    public HandOver carry(Taken message, Sender sender, MessageText.Parts filled, ExtraHeaders headers) {
        return switch (message.recipient().type()) {
            case EMAIL -> email.get().handOver(email(message, sender, filled, headers));
            case MOBILE -> sms.get().handOver(new OutgoingSms(message.id(), sender.sms().orElseThrow(),
                    message.recipient().address(), filled.text()));
        };
    }

    private OutgoingEmail email(Taken message, Sender sender, MessageText.Parts filled,
                                       ExtraHeaders headers) {
        return new OutgoingEmail(message.id(), origins.of(message, sender.email().orElseThrow()),
                new Mailbox("", message.recipient().address()), OneLine.of(filled.subject(), LONGEST_SUBJECT),
                new EmailBody(filled.text(), filled.html()), message.letter().createdAt(), headers,
                message.letter().campaign().filter(Taken.OfCampaign::bulk).isPresent());
    }
}
