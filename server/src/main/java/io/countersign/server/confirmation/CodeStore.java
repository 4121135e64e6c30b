package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Code;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The table {@code codes}. */
public final class CodeStore {
    /** Chance may make the same code twice for a challenge: then it lives as long as the later one. */
    private static final Insert INSERT = Insert.upsert("codes",
            "(project_id, challenge_id, code_hash) do update set expires_at = excluded.expires_at",
            "project_id integer", "challenge_id uuid", "code_hash bytea", "message_id uuid", "created_at timestamptz",
            "expires_at timestamptz");

    private CodeStore() {}

    /** A code that a message is about to carry. */
    public record Sent(Code code, UUID message) {}

    /** The codes of these challenges that can still be answered. */
    public static List<Code> of(Tx tx, int project, Collection<UUID> challenges, Instant now) throws SQLException {
        return tx.list("""
                select challenge_id, code_hash, expires_at from codes
                where project_id = ? and challenge_id = any(?) and expires_at > ?""",
                row -> new Code(row.uuid("challenge_id"), HexFormat.of().formatHex(row.bytes("code_hash")),
                        row.instant("expires_at")),
                project, Tx.ArrayOf.of("uuid", List.copyOf(challenges)), now);
    }

    /** Before the message goes, so that whoever reads it can answer. */
    public static void store(Tx tx, int project, List<Sent> codes, Instant now) throws SQLException {
        tx.insert(INSERT, codes.stream().map(sent -> new Object[] {project, sent.code().challenge(),
            HexFormat.of().parseHex(sent.code().hash()), sent.message(), now, sent.code().expiresAt()}).toList());
    }

    /** Takes codes away that expired before {@code until}, at most {@code most}; answers how many. */
    static int forget(Tx tx, int project, Instant until, int most) throws SQLException {
        return tx.update("""
                delete from codes where project_id = ? and (challenge_id, code_hash) in (
                    select challenge_id, code_hash from codes where project_id = ? and expires_at < ? limit ?)""",
                project, project, until, most);
    }
}
