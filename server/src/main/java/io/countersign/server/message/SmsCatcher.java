package io.countersign.server.message;

import io.countersign.server.platform.database.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The built-in catcher of SMS: takes them instead of a provider and keeps the newest, so that they can be read. */
final class SmsCatcher implements SmsProvider {
    private static final int KEPT = 1000;

    private final Database database;
    private final InstantSource clock;

    SmsCatcher(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public HandOver handOver(OutgoingSms sms) {
        database.transaction(tx -> {
            CaughtSmsStore.add(tx, sms, clock.instant(), KEPT);
            return null;
        });
        return new HandOver.Accepted(ProviderReply.none("caught"));
    }

    List<CaughtSms> list() {
        return database.with(CaughtSmsStore::list);
    }

    /** @param id as {@link CaughtSms#id()}; that of a mail finds nothing */
    Optional<CaughtSms> find(String id) {
        return database.with(tx -> CaughtSmsStore.find(tx, id));
    }

    void clear() {
        database.transaction(tx -> {
            CaughtSmsStore.clear(tx);
            return null;
        });
    }

    /** Holds nothing open: it can be chosen again after it was closed. */
    @Override
    public void close() {
    }
}
