package io.countersign.server.proof;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table {@code signing_keys}. */
final class SigningKeyStore {
    private static final long LOCK = 0x7369_676e;

    private SigningKeyStore() {}

    /** A key as it is stored, the private half sealed. */
    record Stored(String id, byte[] publicKey, byte[] sealed, Instant createdAt) {}

    /** All of them, the newest first. */
    static List<Stored> all(Tx tx) throws SQLException {
        return tx.list("""
                select key_id, public_key, sealed, created_at from signing_keys order by created_at desc, key_id""",
                SigningKeyStore::stored);
    }

    /** Nobody else makes a key until this transaction has ended. */
    static void lock(Tx tx) throws SQLException {
        tx.list("select pg_advisory_xact_lock(?)", row -> 0, LOCK);
    }

    static void insert(Tx tx, Stored key) throws SQLException {
        tx.update("insert into signing_keys (key_id, public_key, sealed, created_at) values (?, ?, ?, ?)", key.id(),
                key.publicKey(), key.sealed(), key.createdAt());
    }

    private static Stored stored(Row row) throws SQLException {
        return new Stored(row.text("key_id"), row.bytes("public_key"), row.bytes("sealed"), row.instant("created_at"));
    }
}
