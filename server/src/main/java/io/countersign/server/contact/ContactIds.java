package io.countersign.server.contact;

import io.countersign.server.platform.database.Database;

/** Integer ids of contact points, in blocks from the database, so that most need no round trip. */
public final class ContactIds {
    private static final long BLOCK = 1000;

    private final Database database;
    private long next;
    private long end;

    public ContactIds(Database database) {
        this.database = database;
    }

    /** An id never given before, by any node. Not to be called inside a transaction: it may need a connection. */
    public synchronized long next() {
        if (next == end) {
            long block = database.with(tx -> tx.one("select nextval('id_blocks') as block", row -> row.number("block")))
                    .orElseThrow();
            next = block * BLOCK;
            end = next + BLOCK;
        }
        return next++;
    }
}
