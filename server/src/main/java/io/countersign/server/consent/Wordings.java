package io.countersign.server.consent;

import io.countersign.server.platform.database.Insert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that were shown to people, each kept once under its hash. */
final class Wordings {
    static final Insert INSERT = Insert.upsert("wordings", "do nothing", "project_id integer", "wording_hash bytea",
            "text text");

    private Wordings() {}

    /** SHA-256. */
    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows to insert, each text once; in the order of the key, so that two batches cannot wait in a circle. */
    static List<Object[]> rows(int project, Collection<String> texts) {
        Map<String, byte[]> hashes = new LinkedHashMap<>();
        texts.forEach(text -> hashes.computeIfAbsent(text, Wordings::hash));
        return hashes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(java.util.Arrays::compareUnsigned))
                .map(entry -> new Object[] {project, entry.getValue(), entry.getKey()}).toList();
    }
}
