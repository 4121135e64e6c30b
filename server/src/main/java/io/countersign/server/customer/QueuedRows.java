package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Effect;
import io.countersign.server.message.MessageRows;
import io.countersign.server.message.MessageRows.OptInEmail;
import io.countersign.server.message.MessageRows.QueuedText;
import io.countersign.server.message.MessageRows.Recipient;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages that the commands of a batch asked for, each with the language of who asked; null for the brand's. */
final class QueuedRows {
    private final List<Mail> mails = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();

    private record Mail(Effect.MailRequested asked, String language) {}

    private record Text(Effect.MessageQueued asked, String language) {}

    void add(Effect effect, String language) {
        if (effect instanceof Effect.MailRequested mail) {
            mails.add(new Mail(mail, language));
        } else if (effect instanceof Effect.MessageQueued text) {
            texts.add(new Text(text, language));
        }
    }

    boolean isEmpty() {
        return mails.isEmpty() && texts.isEmpty();
    }

    void write(Tx tx, int project, AddressedContacts contacts, Instant at) throws SQLException {
        MessageRows.queue(tx, project, mails.stream().map(mail -> email(contacts, mail)).toList(), at);
        MessageRows.queueTexts(tx, project, texts.stream().map(text -> text(contacts, text)).toList(), at);
    }

    private static OptInEmail email(AddressedContacts contacts, Mail mail) {
        var challenge = mail.asked().challenge();
        return new OptInEmail(mail.asked().message(), mail.asked().customer(), contacts.ofMail(challenge),
                challenge.key().brand().value(), challenge.id(),
                new Recipient(challenge.key().value(), mail.language()), mail.asked().due());
    }

    private static QueuedText text(AddressedContacts contacts, Text text) {
        Effect.MessageQueued asked = text.asked();
        String channel = asked.to().type() == ContactType.EMAIL ? "email" : "sms";
        var to = new MessageRows.Addressee(asked.customer(), contacts.ofMessage(asked), channel,
                new Recipient(asked.to().value(), text.language()));
        return new QueuedText(asked.message(), asked.brand().value(), to, asked.challenge().orElse(null),
                asked.content(), asked.due());
    }
}
