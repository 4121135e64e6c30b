package io.countersign.server.operation;

import io.countersign.server.platform.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** The body of a call as a tree, whether it came as JSON or as XML; bounded by {@link BodyReader}. */
public record CallBody(ObjectNode root) {
    /** As it is kept until it is carried out: compact JSON. */
    public String text() {
        return Json.writeText(root);
    }

    /** The body behind its {@link #text()}. */
    public static CallBody parse(String text) {
        return new CallBody((ObjectNode) Json.parse(text));
    }
}
