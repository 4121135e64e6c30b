package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import java.nio.file.Path;

/** A mailbox that mails of a project come back to. */
sealed interface MailboxSettings {
    ProjectId project();

    /** One that a mail server keeps. */
    record Imap(ProjectId project, Server server, String user, String password, String folder)
            implements MailboxSettings {
        /** Neither password nor user are for logs. */
        @Override
        public String toString() {
            return "imap of project " + project.value() + " at " + server.host();
        }
    }

    /**
     * Where.
     *
     * @param tls {@code none}, {@code starttls} or {@code tls}
     */
    record Server(String host, int port, String tls) {}

    /** One that a mail server of this machine writes into. */
    record Maildir(ProjectId project, Path path) implements MailboxSettings {}
}
