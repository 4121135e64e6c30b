package io.countersign.server.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Properties;

/** What a server received: the envelope and the message as it came, dot-stuffing undone. */
record ReceivedMail(int connection, String mailFrom, List<String> recipients, byte[] bytes) {

    MimeMessage parsed() throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }

    String recipient() {
        return recipients.getFirst();
    }
}
