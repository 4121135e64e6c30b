package io.countersign.server.consent;

import io.countersign.server.platform.database.Insert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Texts that were shown to people, each kept once under its hash. */
final class Wordings {
    static final Insert INSERT = Insert.upsert("wordings", "do nothing", "project_id integer", "wording_hash bytea",
            "text text", "customer_id uuid");

    private Wordings() {}

    /** SHA-256. */
    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes that somebody is shown a text; one that two are shown is no one's. */
    static void show(Map<String, UUID> shown, String text, UUID customer) {
        boolean another = shown.containsKey(text) && !customer.equals(shown.get(text));
        shown.put(text, another ? null : customer);
    }

    /**
     * Rows to insert, each text once; in the order of the key, so that two batches cannot wait in a circle.
     *
     * @param shown each text with the one person who was shown it, or null
     */
    static List<Object[]> rows(int project, Map<String, UUID> shown) {
        return shown.entrySet().stream()
                .map(entry -> new Object[] {project, hash(entry.getKey()), entry.getKey(), entry.getValue()})
                .sorted((one, other) -> Arrays.compareUnsigned((byte[]) one[1], (byte[]) other[1])).toList();
    }
}
