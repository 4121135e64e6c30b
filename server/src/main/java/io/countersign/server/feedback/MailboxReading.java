package io.countersign.server.feedback;

import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks into the mailboxes of all projects again and again. Several nodes may read the same mailbox: a mail that is
 * taken twice changes nothing twice.
 */
final class MailboxReading implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MailboxReading.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int MOST_AT_ONCE = 200;

    private final Database database;
    private final Catalogs catalogs;
    private final Secrets secrets;
    private final ImapMailbox imap;
    private final MaildirMailbox maildir;
    private final Periodic periodic = new Periodic("feedback-mailboxes", PAUSE);
    /** Those that could not be read last time: told once. */
    private final Set<MailboxSettings> failing = new HashSet<>();

    MailboxReading(Database database, Catalogs catalogs, Secrets secrets, ImapMailbox imap, MaildirMailbox maildir) {
        this.database = database;
        this.catalogs = catalogs;
        this.secrets = secrets;
        this.imap = imap;
        this.maildir = maildir;
    }

    MailboxReading start() {
        periodic.start(this::read);
        return this;
    }

    /** One look into every mailbox. */
    void read() {
        periodic.each(catalogs.current().projects(), Project::slug, project ->
                mailboxes(project).forEach(this::read));
    }

    private List<MailboxSettings> mailboxes(Project project) {
        try {
            return database.with(tx -> MailboxStore.read(tx, project.id(), secrets));
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, "the mailboxes of " + project.slug() + " cannot be used: " + e.getMessage());
            return List.of(); // sealed with another key: those of other projects may be read all the same
        }
    }

    private void read(MailboxSettings mailbox) {
        periodic.drain(MOST_AT_ONCE, () -> {
            try {
                int taken = switch (mailbox) {
                    case MailboxSettings.Imap settings -> imap.read(settings, MOST_AT_ONCE);
                    case MailboxSettings.Maildir settings -> maildir.read(settings, MOST_AT_ONCE);
                };
                failing.remove(mailbox);
                return taken;
            } catch (MessagingException | IOException | RuntimeException | Error e) {
                if (failing.add(mailbox)) {
                    LOG.log(Level.WARNING, mailbox + " cannot be read, and is tried again: "
                            + (e instanceof Error ? e.toString() : e.getMessage()));
                }
                return 0;
            }
        });
    }

    @Override
    public void close() {
        periodic.close();
    }
}
