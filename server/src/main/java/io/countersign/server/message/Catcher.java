package io.countersign.server.message;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The built-in mail catcher: takes mails instead of a provider and keeps the newest, so that they can be read. */
final class Catcher implements EmailProvider {
    private static final int KEPT = 1000;

    private final Database database;
    private final InstantSource clock;
    private final EmailComposer composer = new EmailComposer();

    Catcher(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public HandOver handOver(OutgoingEmail email) {
        database.with(tx -> tx.update("""
                insert into caught_mails (message_id, at, sender, recipient, subject, raw) values (?, ?, ?, ?, ?, ?)""",
                email.messageId(), clock.instant(), email.from().address(), email.to().address(), email.subject(),
                composer.compose(email)));
        database.with(tx -> tx.update("""
                delete from caught_mails where caught_id <=
                    (select caught_id from caught_mails order by caught_id desc offset ? limit 1)""", KEPT));
        return new HandOver.Accepted(new ProviderReply(250, "", "caught"));
    }

    List<CaughtMail> list() {
        return database.with(tx -> tx.list("""
                select caught_id, sender, recipient, subject, at from caught_mails order by caught_id desc""",
                Catcher::caught));
    }

    private static CaughtMail caught(Row row) throws SQLException {
        return new CaughtMail(Long.toString(row.number("caught_id")), row.text("sender"), row.text("recipient"),
                row.text("subject"), row.instant("at"));
    }

    /** A caught mail with its parsed message. */
    record Found(CaughtMail mail, MimeMessage message) {}

    Optional<Found> find(long id) {
        return database.with(tx -> find(tx, id));
    }

    private static Optional<Found> find(Tx tx, long id) throws SQLException {
        return tx.one("select caught_id, sender, recipient, subject, at, raw from caught_mails where caught_id = ?",
                row -> new Found(caught(row), parse(row.bytes("raw"))), id);
    }

    private static MimeMessage parse(byte[] raw) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        } catch (MessagingException e) {
            throw new IllegalStateException("a caught mail cannot be read", e);
        }
    }

    void clear() {
        database.with(tx -> tx.update("delete from caught_mails"));
    }

    /** Holds nothing open: it can be chosen again after it was closed. */
    @Override
    public void close() {
    }
}
