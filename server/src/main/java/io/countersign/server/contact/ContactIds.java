package io.countersign.server.contact;

import io.countersign.server.platform.database.Database;

/** Integer ids of contact points, in blocks from the database, so that most need no round trip. */
public final class ContactIds {
    private static final long BLOCK = 10_000;

    private final Database database;
    private long next;
    private long end;

    public ContactIds(Database database) {
        this.database = database;
    }

    /** Sees to it that the next {@code count} ids need no connection; called before a transaction takes its own. */
    public synchronized void reserve(int count) {
        if (end - next < count) {
            takeBlock();
        }
    }

    /** An id never given before, by any node. */
    public synchronized long next() {
        if (next == end) {
            takeBlock();
        }
        return next++;
    }

    private void takeBlock() {
        long block = database.with(tx -> tx.one("select nextval('id_blocks') as block", row -> row.number("block")))
                .orElseThrow();
        next = block * BLOCK;
        end = next + BLOCK;
    }
}
