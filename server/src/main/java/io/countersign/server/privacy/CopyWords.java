package io.countersign.server.privacy;

import io.countersign.server.platform.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the words of a person's copy mean: by section, field and word. */
final class CopyWords {
    private static final ObjectNode ALL = load();

    private CopyWords() {}

    /** All of them, for the file. */
    static ObjectNode all() {
        return ALL.deepCopy();
    }

    /** What a word in a field of a section means; empty where it says it itself. */
    static Optional<String> meaning(String section, String field, String word) {
        JsonNode meaning = ALL.path(section).path(field).path(word);
        return meaning.isString() ? Optional.of(meaning.stringValue()) : Optional.empty();
    }

    private static ObjectNode load() {
        try (InputStream in = CopyWords.class.getResourceAsStream("/privacy/words.json")) {
            return Json.parseObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
