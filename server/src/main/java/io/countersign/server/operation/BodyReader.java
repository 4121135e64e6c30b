package io.countersign.server.operation;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Utf8;
import java.io.IOException;
import java.util.Iterator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of calls: JSON or XML, UTF-8, within limits. */
final class BodyReader {
    /** Largest body in bytes. */
    static final int LARGEST = 256 * 1024;
    static final int MOST_DEPTH = 16;
    static final int MOST_NODES = 5_000;

    private BodyReader() {}

    /**
     * The body of a call.
     *
     * @throws ProblemException when it cannot be read: wrong type, not UTF-8, not well-formed, beyond a limit
     */
    static CallBody read(Request request) throws IOException {
        ObjectNode root = switch (WireFormat.ofBody(request)) {
            case JSON -> json(withoutMark(Utf8.decode(request.body())));
            case XML -> XmlBody.parse(withoutMark(Utf8.decode(request.body())));
        };
        return new CallBody(root);
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static ObjectNode json(String text) {
        JsonNode root = Json.parse(text);
        requireBounded(root);
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(Problem.MALFORMED_JSON, "A JSON object is expected.");
    }

    private static void requireBounded(JsonNode root) {
        if (count(root, 1) > MOST_NODES) {
            throw new ProblemException(Problem.MALFORMED_JSON, "The body has too many values.");
        }
    }

    /** How many values there are, counted until there are too many. */
    private static int count(JsonNode node, int depth) {
        if (depth > MOST_DEPTH) {
            throw new ProblemException(Problem.MALFORMED_JSON, "The body is nested too deeply.");
        }
        int count = 1;
        for (Iterator<JsonNode> children = node.iterator(); children.hasNext() && count <= MOST_NODES;) {
            count += count(children.next(), depth + 1);
        }
        return count;
    }
}
