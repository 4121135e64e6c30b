package io.countersign.server.access;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code idempotency_keys}. */
final class IdempotencyStore {
    private IdempotencyStore() {}

    /**
     * A key that a request wants.
     *
     * @param request the hash of what is asked
     * @param attempt the request that asks it
     */
    record Wanted(int project, byte[] key, byte[] request, UUID attempt, Instant at) {}

    /** What stands at a key: whose it is, and what was answered, if it was. */
    record Kept(byte[] request, Instant at, Optional<Answer> answer) {}

    /** @param content sealed; empty where it was too large to be kept */
    record Answer(int status, Optional<String> contentType, Optional<byte[]> content) {}

    /** Takes a key, also one that was taken before {@code expired}; false when it is another's. */
    static boolean reserve(Tx tx, Wanted wanted, Instant expired) throws SQLException {
        return tx.update("""
                insert into idempotency_keys as k (project_id, key_hash, request_hash, attempt_id, reserved_at)
                values (?, ?, ?, ?, ?)
                on conflict (project_id, key_hash) do update set
                    request_hash = excluded.request_hash, attempt_id = excluded.attempt_id,
                    reserved_at = excluded.reserved_at, status = null, content_type = null, content = null
                where k.reserved_at < ?""",
                wanted.project(), wanted.key(), wanted.request(), wanted.attempt(), wanted.at(), expired) == 1;
    }

    static Optional<Kept> find(Tx tx, int project, byte[] key) throws SQLException {
        return tx.one("""
                select request_hash, reserved_at, status, content_type, content from idempotency_keys
                where project_id = ? and key_hash = ?""", IdempotencyStore::kept, project, key);
    }

    /** Keeps an answer; false when the key is another attempt's by now. */
    static boolean answer(Tx tx, Wanted wanted, Answer answer) throws SQLException {
        return tx.update("""
                update idempotency_keys set status = ?, content_type = ?, content = ?
                where project_id = ? and key_hash = ? and attempt_id = ?""",
                answer.status(), answer.contentType().orElse(null), answer.content().orElse(null), wanted.project(),
                wanted.key(), wanted.attempt()) == 1;
    }

    /** Gives a key back; false when it is another attempt's by now. */
    static boolean release(Tx tx, Wanted wanted) throws SQLException {
        return tx.update("delete from idempotency_keys where project_id = ? and key_hash = ? and attempt_id = ?",
                wanted.project(), wanted.key(), wanted.attempt()) == 1;
    }

    /** Takes out at most {@code most} that were taken before {@code expired}; answers how many. */
    static int forget(Tx tx, int project, Instant expired, int most) throws SQLException {
        return tx.update("""
                delete from idempotency_keys where project_id = ? and key_hash in (
                    select key_hash from idempotency_keys where project_id = ? and reserved_at < ?
                    order by reserved_at limit ? for update skip locked)""", project, project, expired, most);
    }

    private static Kept kept(Row row) throws SQLException {
        Integer status = row.integerOrNull("status");
        return new Kept(row.bytes("request_hash"), row.instant("reserved_at"), status == null ? Optional.empty()
                : Optional.of(new Answer(status, Optional.ofNullable(row.text("content_type")),
                Optional.ofNullable(row.bytes("content")))));
    }
}
