package io.countersign.server.consent;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code consents} and {@code wordings}, being written. */
public final class ConsentStore {
    /** What the hash of a record is over, in this order. */
    static final List<String> FIELDS = List.of("project_id integer", "consent_id uuid", "customer_id uuid",
            "position integer", "contact_id bigint", "kind text", "at timestamptz", "wording_hash bytea",
            "form_id text", "form_version integer", "page text", "ip text", "user_agent text",
            "integration_id integer", "actor text", "message_id uuid", "operation text", "mail_hash bytea");
    private static final Insert CONSENTS = Insert.into("consents", java.util.stream.Stream.concat(FIELDS.stream(),
            java.util.stream.Stream.of("previous_hash bytea", "hash bytea", "keyed boolean")).toArray(String[]::new));

    private ConsentStore() {}

    /** A consent to be kept; the contact is the one it was about, if any. */
    public record Kept(UUID id, UUID customer, Optional<About> about, ConsentDraft draft,
                       Optional<Integer> integration, String actor) {}

    /** A contact as it was. */
    public record About(ContactType type, String value) {}

    /** Writes what was added to the chains; their ends are the customers' to write. */
    public static void write(Tx tx, ConsentChains chains) throws SQLException {
        writeTexts(tx, chains.project(), chains.wordings());
        tx.insert(CONSENTS, chains.rows());
    }

    /** Each text with the one person who was shown it; null, or another one than before: it is no one's any more. */
    private static void writeTexts(Tx tx, int project, Map<String, UUID> shown) throws SQLException {
        List<Object[]> rows = Wordings.rows(project, shown);
        if (!rows.isEmpty()) {
            tx.insert(Wordings.INSERT, rows);
            tx.update("""
                    update wordings w set customer_id = null
                    from unnest(?::bytea[], ?::uuid[]) as n (hash, customer_id)
                    where w.project_id = ? and w.wording_hash = n.hash
                      and (w.customer_id <> n.customer_id or w.customer_id is not null and n.customer_id is null)""",
                    Wordings.INSERT.array(rows, 1), Wordings.INSERT.array(rows, 3), project);
        }
    }

    /** What a mail to somebody shows. */
    public record Shown(UUID message, UUID customer, String text) {}

    /** Keeps what is shown in mails to be handed over, and of each text for whom it was, while that is one person. */
    public static void writeMails(Tx tx, int project, List<Shown> shown) throws SQLException {
        if (shown.isEmpty()) {
            return;
        }
        var owners = new HashMap<String, UUID>();
        shown.forEach(one -> Wordings.show(owners, one.text(), one.customer()));
        writeTexts(tx, project, owners);
        var hashes = Tx.ArrayOf.of("bytea", shown.stream().map(one -> Wordings.hash(one.text())).toList());
        tx.update("""
                update messages m set wording_hash = n.hash
                from unnest(?, ?) as n (message_id, hash)
                where m.project_id = ? and m.message_id = n.message_id""",
                Tx.ArrayOf.of("uuid", shown.stream().map(Shown::message).toList()), hashes, project);
    }

    /** A hash as drafts name it. */
    public static Optional<String> hex(byte[] hash) {
        return Optional.ofNullable(hash).map(HexFormat.of()::formatHex);
    }
}
