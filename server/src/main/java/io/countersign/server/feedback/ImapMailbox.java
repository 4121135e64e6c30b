package io.countersign.server.feedback;

import io.countersign.server.feedback.MailboxSettings.Imap;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** Reads a mailbox by IMAP: what was taken is marked seen, what cannot be read flagged as well. */
final class ImapMailbox {
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "30000";

    private final MailTaker taker;
    private final SSLContext tls;

    /** @param tls whom servers must prove themselves to */
    ImapMailbox(MailTaker taker, SSLContext tls) {
        this.taker = taker;
        this.tls = tls;
    }

    /** Takes at most so many mails; answers how many. */
    int read(Imap imap, int most) throws MessagingException, IOException {
        String protocol = imap.server().tls().equals("tls") ? "imaps" : "imap";
        Session session = Session.getInstance(properties(imap, protocol));
        try (Store store = session.getStore(protocol)) {
            store.connect(imap.server().host(), imap.server().port(), imap.user(), imap.password());
            try (Folder folder = store.getFolder(imap.folder())) {
                folder.open(Folder.READ_WRITE);
                List<Message> fresh = Arrays.stream(folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false)))
                        .limit(most).toList();
                for (Message message : fresh) {
                    Flags flags = new Flags(Flags.Flag.SEEN);
                    if (!take(imap, message)) {
                        flags.add(Flags.Flag.FLAGGED);
                    }
                    message.setFlags(flags, true); // after the commit; again is no harm
                }
                return fresh.size();
            }
        }
    }

    private boolean take(Imap imap, Message message) throws MessagingException, IOException {
        if (message.getSize() > MailBlocks.LARGEST) {
            taker.putAside(imap.project(), new UnreadableMail("larger than " + MailBlocks.LARGEST + " bytes"));
            return false;
        }
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return taker.take(imap.project(), bytes.toByteArray());
    }

    private Properties properties(Imap imap, String protocol) {
        var properties = new Properties();
        String start = "mail." + protocol + ".";
        properties.put(start + "connectiontimeout", CONNECT_MILLIS);
        properties.put(start + "timeout", ANSWER_MILLIS);
        properties.put(start + "writetimeout", ANSWER_MILLIS);
        properties.put(start + "peek", "true");
        properties.put(start + "partialfetch", "false");
        properties.put(start + "ssl.checkserveridentity", "true");
        properties.put(start + "ssl.socketFactory", tls.getSocketFactory());
        boolean upgraded = imap.server().tls().equals("starttls");
        properties.put(start + "starttls.enable", Boolean.toString(upgraded));
        properties.put(start + "starttls.required", Boolean.toString(upgraded));
        return properties;
    }
}
