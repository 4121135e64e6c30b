package io.countersign.server.project;

import io.countersign.server.project.Setups.MailboxSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads where mails of a project come back to. */
final class MailboxReader {
    private static final Map<String, Integer> PORTS = Map.of("none", 143, "starttls", 143, "tls", 993);
    private static final String FOLDER = "INBOX";

    private MailboxReader() {}

    static List<MailboxSetup> read(Entry feedback) {
        Optional<MailboxSetup> imap = feedback.map("imap").map(MailboxReader::imap);
        Optional<MailboxSetup> maildir = feedback.map("maildir").map(MailboxReader::maildir);
        feedback.end();
        return Stream.of(imap, maildir).flatMap(Optional::stream).toList();
    }

    private static MailboxSetup imap(Entry entry) {
        var settings = new TreeMap<String, String>();
        settings.put("host", entry.required("host", Rule.HOST));
        String tls = entry.text("tls", Rule.oneOf("none", "starttls", "tls")).orElse("tls");
        settings.put("tls", tls);
        settings.put("port", entry.number("port", 1, 65_535).orElse(PORTS.getOrDefault(tls, 993)).toString());
        settings.put("user", entry.required("user", Rule.CREDENTIAL));
        settings.put("folder", entry.text("folder", Rule.NAME).orElse(FOLDER));
        var password = new Concealed(entry.required("password", Rule.CREDENTIAL));
        entry.end();
        return new MailboxSetup("imap", settings, Optional.of(password));
    }

    private static MailboxSetup maildir(Entry entry) {
        var settings = Map.of("path", entry.required("path", Rule.DIRECTORY));
        entry.end();
        return new MailboxSetup("maildir", settings, Optional.empty());
    }
}
