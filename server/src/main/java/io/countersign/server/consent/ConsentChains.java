package io.countersign.server.consent;

import io.countersign.server.consent.ConsentStore.Kept;
import io.countersign.server.platform.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The chains of the customers of a batch while they grow. Whoever writes consents holds the locks of their customers,
 * so a chain needs no lock of its own, and its end is read and written with the customer's row.
 */
public final class ConsentChains {
    private final int project;
    private final ConsentSeal seal;
    private final Map<UUID, Head> heads;
    private final Map<UUID, Head> grown = new HashMap<>();
    private final Map<String, UUID> wordings = new HashMap<>();
    private final List<Object[]> rows = new ArrayList<>();

    /** @param heads of the customers that were there before */
    public ConsentChains(int project, ConsentSeal seal, Map<UUID, Head> heads) {
        this.project = project;
        this.seal = seal;
        this.heads = heads;
    }

    /**
     * The end of a chain.
     *
     * @param length how many records it has
     * @param hash   of the last; null when there is none
     */
    public record Head(int length, byte[] hash) {
        public static final Head NONE = new Head(0, null);
    }

    /** Adds a record; {@code contact} is the id of the contact that it was about, or null. */
    public void add(Kept kept, Long contact, Instant at) {
        Head before = head(kept.customer());
        int position = before.length() + 1;
        kept.draft().wording().ifPresent(text -> Wordings.show(wordings, text, kept.customer()));
        Object[] fields = fields(kept, contact, at, position);
        byte[] hash = seal.hash(fields, before.hash());
        grown.put(kept.customer(), new Head(position, hash));
        var row = java.util.Arrays.copyOf(fields, fields.length + 3);
        row[fields.length] = before.hash();
        row[fields.length + 1] = hash;
        row[fields.length + 2] = true;
        rows.add(row);
    }

    private Object[] fields(Kept kept, Long contact, Instant at, int position) {
        ConsentDraft draft = kept.draft();
        return new Object[] {project, kept.id(), kept.customer(), position, contact, Names.of(draft.kind()), at,
            draft.wording().map(Wordings::hash).orElse(null),
            draft.form().map(ConsentDraft.Shown::form).orElse(null),
            draft.form().map(ConsentDraft.Shown::version).orElse(null), draft.request().page().orElse(null),
            draft.request().ip().orElse(null), draft.request().userAgent().orElse(null),
            kept.integration().orElse(null), kept.actor(), draft.message().orElse(null),
            draft.operation().orElse(null), draft.mail().map(HexFormat.of()::parseHex).orElse(null)};
    }

    /** The end of a customer's chain as it is to be. */
    public Head head(UUID customer) {
        return Optional.ofNullable(grown.get(customer)).orElseGet(() -> heads.getOrDefault(customer, Head.NONE));
    }

    /** The chains that have grown here, with their ends. */
    public Map<UUID, Head> grown() {
        return Map.copyOf(grown);
    }

    int project() {
        return project;
    }

    /** The texts that people were shown on pages or wrote, each with its one person as long as there is no other. */
    Map<String, UUID> wordings() {
        return wordings;
    }

    List<Object[]> rows() {
        return rows;
    }
}
