package io.countersign.server.consent;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Collection;
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
        tx.insert(Wordings.INSERT, chains.wordings());
        tx.insert(CONSENTS, chains.rows());
    }

    /**
     * Keeps what is shown in mails to be handed over.
     *
     * @param shown by message
     */
    public static void writeMails(Tx tx, int project, Map<UUID, String> shown) throws SQLException {
        if (shown.isEmpty()) {
            return;
        }
        Collection<String> texts = shown.values();
        tx.insert(Wordings.INSERT, Wordings.rows(project, texts));
        List<UUID> messages = List.copyOf(shown.keySet());
        tx.update("""
                update messages m set wording_hash = n.hash
                from unnest(?, ?) as n (message_id, hash)
                where m.project_id = ? and m.message_id = n.message_id""",
                Tx.ArrayOf.of("uuid", messages), Tx.ArrayOf.of("bytea",
                        messages.stream().map(message -> Wordings.hash(shown.get(message))).toList()), project);
    }

    /** A hash as drafts name it. */
    public static Optional<String> hex(byte[] hash) {
        return Optional.ofNullable(hash).map(HexFormat.of()::formatHex);
    }
}
