package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Reads the table {@code feedback_mailboxes}, which the set-up writes. */
final class MailboxStore {
    private MailboxStore() {}

    static List<MailboxSettings> read(Tx tx, ProjectId project, Secrets secrets) throws SQLException {
        return tx.list("""
                select kind, sealed, settings ->> 'host' as host, settings ->> 'port' as port,
                       settings ->> 'tls' as tls, settings ->> 'user' as "user",
                       settings ->> 'folder' as folder, settings ->> 'path' as path
                from feedback_mailboxes where project_id = ? order by kind""",
                row -> settings(project, secrets, row), project.value());
    }

    private static MailboxSettings settings(ProjectId project, Secrets secrets, Row row) throws SQLException {
        return row.text("kind").equals("maildir") ? new MailboxSettings.Maildir(project, Path.of(row.text("path")))
                : new MailboxSettings.Imap(project, new MailboxSettings.Server(row.text("host"),
                        Integer.parseInt(row.text("port")), row.text("tls")), row.text("user"),
                        new String(secrets.open(row.bytes("sealed")), StandardCharsets.UTF_8), row.text("folder"));
    }
}
