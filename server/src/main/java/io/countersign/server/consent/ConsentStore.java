package io.countersign.server.consent;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
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
        tx.insert(Wordings.INSERT, chains.wordings());
        tx.insert(CONSENTS, chains.rows());
    }

    /** What a mail to somebody shows. */
    public record Shown(UUID message, UUID customer, String text) {}

    /** Keeps what is shown in mails to be handed over, and of each text for whom it was, while that is one person. */
    public static void writeMails(Tx tx, int project, List<Shown> shown) throws SQLException {
        if (shown.isEmpty()) {
            return;
        }
        var owners = new HashMap<String, UUID>();
        for (Shown one : shown) {
            boolean another = owners.containsKey(one.text()) && !one.customer().equals(owners.get(one.text()));
            owners.put(one.text(), another ? null : one.customer());
        }
        tx.insert(Wordings.INSERT, Wordings.rows(project, owners));
        var hashes = Tx.ArrayOf.of("bytea", shown.stream().map(one -> Wordings.hash(one.text())).toList());
        tx.update("""
                with told as (
                    update messages m set wording_hash = n.hash
                    from unnest(?, ?) as n (message_id, hash)
                    where m.project_id = ? and m.message_id = n.message_id)
                update wordings w set customer_id = null
                from unnest(?, ?) as n (customer_id, hash)
                where w.project_id = ? and w.wording_hash = n.hash and w.customer_id <> n.customer_id""",
                Tx.ArrayOf.of("uuid", shown.stream().map(Shown::message).toList()), hashes, project,
                Tx.ArrayOf.of("uuid", shown.stream().map(Shown::customer).toList()), hashes, project);
    }

    /** A hash as drafts name it. */
    public static Optional<String> hex(byte[] hash) {
        return Optional.ofNullable(hash).map(HexFormat.of()::formatHex);
    }
}
