package io.countersign.acceptance;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** What arrived for one recipient. */
final class Mailbox {
    private static final Pattern LINK = Pattern.compile("https?://\\S+/c/[A-Za-z0-9_-]+");

    private final SmtpSink sink;
    private final String address;

    Mailbox(SmtpSink sink, String address) {
        this.sink = sink;
        this.address = address;
    }

    /** A parsed mail: its page is the path of the confirmation link, to be asked of any node. */
    record Mail(MimeMessage message, String text, String html, URI link) {
        String page() {
            return link.getPath();
        }

        String messageId() throws MessagingException {
            return message.getMessageID();
        }
    }

    /** The newest, as soon as so many have come in all. */
    Mail await(int wanted) throws InterruptedException, MessagingException, IOException {
        return parse(sink.awaitMailsTo(address, wanted, Await.PATIENCE).get(wanted - 1));
    }

    int count() {
        return sink.mailsTo(address).size();
    }

    static Mail parse(SmtpSink.Mail mail) throws MessagingException, IOException {
        var message = mail.parsed();
        var text = part(message, "text/plain");
        var link = LINK.matcher(text);
        if (!link.find()) {
            throw new AssertionError("no link in:\n" + text);
        }
        return new Mail(message, text, part(message, "text/html"), URI.create(link.group()));
    }

    /** The plain text of a mail, whatever links it has. */
    static String text(SmtpSink.Mail mail) throws MessagingException, IOException {
        return part(mail.parsed(), "text/plain");
    }

    static List<String> links(String text) {
        return LINK.matcher(text).results().map(found -> found.group()).distinct().toList();
    }

    static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        var found = new StringBuilder();
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                found.append(part(child, type));
            }
        }
        return found.toString();
    }
}
