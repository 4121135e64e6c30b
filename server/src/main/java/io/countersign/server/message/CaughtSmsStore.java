package io.countersign.server.message;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SMS that the built-in catcher took. */
final class CaughtSmsStore {
    private static final String ID_PREFIX = "sms-";

    private CaughtSmsStore() {}

    /** Adds one and forgets the oldest beyond {@code kept}. */
    static void add(Tx tx, OutgoingSms sms, Instant now, int kept) throws SQLException {
        tx.update("""
                insert into caught_sms (message_id, at, sender, recipient, text) values (?, ?, ?, ?, ?)""",
                sms.message(), now, sms.sender(), sms.recipient(), sms.text());
        tx.update("""
                delete from caught_sms where caught_id <=
                    (select caught_id from caught_sms order by caught_id desc offset ? limit 1)""", kept);
    }

    /** Newest first. */
    static List<CaughtSms> list(Tx tx) throws SQLException {
        return tx.list("""
                select caught_id, sender, recipient, text, at from caught_sms order by caught_id desc""",
                CaughtSmsStore::caught);
    }

    /** @param id as {@link CaughtSms#id()}; any other text finds nothing */
    static Optional<CaughtSms> find(Tx tx, String id) throws SQLException {
        if (!id.matches(ID_PREFIX + "[0-9]{1,18}")) {
            return Optional.empty();
        }
        return tx.one("select caught_id, sender, recipient, text, at from caught_sms where caught_id = ?",
                CaughtSmsStore::caught, Long.parseLong(id.substring(ID_PREFIX.length())));
    }

    static void clear(Tx tx) throws SQLException {
        tx.update("delete from caught_sms");
    }

    private static CaughtSms caught(Row row) throws SQLException {
        return new CaughtSms(ID_PREFIX + row.number("caught_id"), row.text("sender"), row.text("recipient"),
                row.text("text"), row.instant("at"));
    }
}
