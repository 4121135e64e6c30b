package io.countersign.server.project;

import io.countersign.server.project.ProvisionReport.Kind;
import io.countersign.server.project.Setups.MailboxSetup;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes where mails of a project come back to. Each is described as a whole: what is left out of it is not kept. */
final class MailboxWriter {
    private final ProvisionRun run;
    private final int project;
    private final String projectSlug;

    MailboxWriter(ProvisionRun run, int project, String projectSlug) {
        this.run = run;
        this.project = project;
        this.projectSlug = projectSlug;
    }

    void write(List<MailboxSetup> mailboxes) throws SQLException {
        for (MailboxSetup mailbox : mailboxes) {
            write(mailbox);
        }
    }

    private record Stored(boolean same, byte[] sealed) {}

    private void write(MailboxSetup mailbox) throws SQLException {
        String settings = ProviderWriter.json(mailbox.settings());
        Optional<Stored> stored = run.tx.one("""
                select settings = ?::jsonb as same, sealed from feedback_mailboxes where project_id = ? and kind = ?""",
                row -> new Stored(row.flag("same"), row.bytes("sealed")), settings, project, mailbox.kind());
        String what = mailbox.kind() + " mailbox of " + projectSlug;
        if (stored.isPresent() && stored.get().same()
                && ProviderWriter.opens(run.tools.secrets(), stored.get().sealed(), mailbox.password())) {
            run.note(Kind.UNCHANGED, what);
            return;
        }
        run.note(stored.isPresent() ? Kind.CHANGED : Kind.CREATED, what);
        run.tx.update("""
                insert into feedback_mailboxes (project_id, kind, settings, sealed, changed_at)
                values (?, ?, ?::jsonb, ?::bytea, ?)
                on conflict (project_id, kind) do update set settings = excluded.settings, sealed = excluded.sealed,
                    changed_at = excluded.changed_at""",
                project, mailbox.kind(), settings, ProviderWriter.sealed(run.tools.secrets(), mailbox.password()),
                run.now);
    }
}
