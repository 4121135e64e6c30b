package io.countersign.server.platform.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON mapper. It reads strictly and within limits, and writes property names as they are given;
 * records are mapped by hand to ordered maps or object nodes, so that the public names are seen where they
 * are decided. Instants are written in ISO form, in UTC, with {@code Z}.
 */
public final class Json {

    /** Deepest nesting of arrays and objects. */
    public static final int MAX_DEPTH = 64;
    /** Longest text value, in characters. */
    public static final int MAX_STRING = 4 * 1024 * 1024;
    /**
     * Longest number, in characters: more than any amount or id needs, too little to make arithmetic slow.
     */
    public static final int MAX_NUMBER = 64;
    /** Longest property name, in characters. */
    public static final int MAX_NAME = 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING).maxNumberLength(MAX_NUMBER).maxNameLength(MAX_NAME)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * Reads any JSON value from UTF-8.
     *
     * @throws ProblemException {@link Problem#MALFORMED_UTF8} or {@link Problem#MALFORMED_JSON}: bad syntax,
     *                          a name twice in one object, a limit passed, a number out of range, U+0000
     */
    public static JsonNode parse(byte[] utf8) {
        return parse(Utf8.decode(utf8));
    }

    /** Reads any JSON value; failures as {@link #parse(byte[])}. */
    public static JsonNode parse(String text) {
        JsonNode value = read(text);
        if (value.isMissingNode()) {
            throw new ProblemException(Problem.MALFORMED_JSON, "JSON is expected, but there is nothing.");
        }
        requireStorable(value);
        return value;
    }

    /** Reads a JSON object; anything else is {@link Problem#MALFORMED_JSON}. */
    public static ObjectNode parseObject(byte[] utf8) {
        if (parse(utf8) instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(Problem.MALFORMED_JSON, "A JSON object is expected.");
    }

    /** The value as UTF-8, compact. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The value as text, compact. */
    public static String writeText(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            // Not the parser's message: it quotes the body and names classes.
            throw new ProblemException(Problem.MALFORMED_JSON, "Not valid JSON, or beyond a limit"
                    + place(e.getLocation()) + ".");
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column "
                + location.getColumnNr();
    }

    private static void requireStorable(JsonNode value) {
        if (value.isString() && !Utf8.isStorable(value.stringValue())) {
            throw new ProblemException(Problem.MALFORMED_JSON, "A text has U+0000 or half a surrogate pair.");
        }
        if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            throw new ProblemException(Problem.MALFORMED_JSON, "A number is out of range.");
        }
        if (value.isObject() && !value.propertyNames().stream().allMatch(Utf8::isStorable)) {
            throw new ProblemException(Problem.MALFORMED_JSON, "A name has U+0000 or half a surrogate pair.");
        }
        for (JsonNode child : value) {
            requireStorable(child);
        }
    }
}
