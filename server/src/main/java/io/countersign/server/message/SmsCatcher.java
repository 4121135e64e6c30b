package io.countersign.server.message;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Row;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The built-in catcher of SMS: takes them instead of a provider and keeps the newest, so that they can be read. */
final class SmsCatcher implements SmsProvider {
    private static final int KEPT = 1000;
    private static final String PREFIX = "sms-";

    private final Database database;
    private final InstantSource clock;

    SmsCatcher(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public HandOver handOver(OutgoingSms sms) {
        database.with(tx -> tx.update("""
                insert into caught_sms (message_id, at, sender, recipient, text) values (?, ?, ?, ?, ?)""",
                sms.message(), clock.instant(), sms.sender(), sms.recipient(), sms.text()));
        database.with(tx -> tx.update("""
                delete from caught_sms where caught_id <=
                    (select caught_id from caught_sms order by caught_id desc offset ? limit 1)""", KEPT));
        return new HandOver.Accepted(ProviderReply.none("caught"));
    }

    List<CaughtSms> list() {
        return database.with(tx -> tx.list("""
                select caught_id, sender, recipient, text, at from caught_sms order by caught_id desc""",
                SmsCatcher::caught));
    }

    /** @param id as {@link CaughtSms#id()}; that of a mail finds nothing */
    Optional<CaughtSms> find(String id) {
        if (!id.matches(PREFIX + "[0-9]{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(id.substring(PREFIX.length()));
        return database.with(tx -> tx.one("""
                select caught_id, sender, recipient, text, at from caught_sms where caught_id = ?""",
                SmsCatcher::caught, number));
    }

    void clear() {
        database.with(tx -> tx.update("delete from caught_sms"));
    }

    /** Holds nothing open: it can be chosen again after it was closed. */
    @Override
    public void close() {
    }

    private static CaughtSms caught(Row row) throws SQLException {
        return new CaughtSms(PREFIX + row.number("caught_id"), row.text("sender"), row.text("recipient"),
                row.text("text"), row.instant("at"));
    }
}
