package io.countersign.server.consent;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The tables {@code consents} and {@code wordings}. */
public final class ConsentStore {
    private static final Insert WORDINGS = Insert.upsert("wordings", "do nothing", "project_id integer",
            "wording_hash bytea", "text text");
    private static final Insert CONSENTS = Insert.into("consents", "project_id integer", "consent_id uuid",
            "customer_id uuid", "contact_id bigint", "kind text", "at timestamptz", "wording_hash bytea",
            "form_id text", "form_version integer", "page text", "ip text", "user_agent text",
            "integration_id integer", "actor text", "message_id uuid");

    private ConsentStore() {}

    /** A consent to be kept; the contact is the one it was about, if any. */
    public record Kept(UUID id, UUID customer, Optional<About> about, ConsentDraft draft,
                       Optional<Integer> integration, String actor) {}

    /** A contact as it was. */
    public record About(ContactType type, String value) {}

    public static void write(Tx tx, int project, List<Kept> consents, Instant at,
                             Function<Kept, Long> contactOf) throws SQLException {
        Map<String, byte[]> wordings = new LinkedHashMap<>();
        consents.forEach(kept -> kept.draft().wording().ifPresent(
                text -> wordings.computeIfAbsent(text, ConsentStore::hash)));
        var texts = new ArrayList<Object[]>();
        wordings.forEach((text, hash) -> texts.add(new Object[] {project, hash, text}));
        tx.insert(WORDINGS, texts);
        tx.insert(CONSENTS, consents.stream()
                .map(kept -> columns(project, kept, contactOf.apply(kept), wordings, at)).toList());
    }

    private static Object[] columns(int project, Kept kept, Long contact, Map<String, byte[]> wordings, Instant at) {
        ConsentDraft draft = kept.draft();
        return new Object[] {project, kept.id(), kept.customer(), contact,
            io.countersign.server.platform.Names.of(draft.kind()), at, draft.wording().map(wordings::get).orElse(null),
            draft.form().map(ConsentDraft.Shown::form).orElse(null),
            draft.form().map(ConsentDraft.Shown::version).orElse(null), draft.request().page().orElse(null),
            draft.request().ip().orElse(null), draft.request().userAgent().orElse(null),
            kept.integration().orElse(null), kept.actor(), draft.message().orElse(null)};
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
