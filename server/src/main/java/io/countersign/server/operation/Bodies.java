package io.countersign.server.operation;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading the tree of a body: what has another shape than documented is refused, blank is as good as absent. */
final class Bodies {
    /** The value that erases a field. */
    static final String CLEAR = "%CLEAR%";
    private static final int MOST_ITEMS = 200;

    private Bodies() {}

    static Optional<ObjectNode> object(ObjectNode parent, String name, String location) {
        JsonNode value = parent.path(name);
        if (isBlank(value)) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw shape(location, "An object is expected.");
    }

    static List<ObjectNode> objects(ObjectNode parent, String name, String location) {
        JsonNode value = parent.path(name);
        if (isBlank(value)) {
            return List.of();
        }
        if (!value.isArray() || value.size() > MOST_ITEMS) {
            throw shape(location, "A list of at most " + MOST_ITEMS + " is expected.");
        }
        return value.valueStream().map(item -> {
            if (item instanceof ObjectNode object) {
                return object;
            }
            throw shape(location, "A list of objects is expected.");
        }).toList();
    }

    /** A value as text: numbers are as good as texts, since ids and phones are often sent so. */
    static Optional<String> text(ObjectNode parent, String name, String location) {
        JsonNode value = parent.path(name);
        if (isBlank(value)) {
            return Optional.empty();
        }
        if (value.isContainer()) {
            throw shape(location, "A single value is expected.");
        }
        return Optional.of(value.asString().strip());
    }

    /** A logical value in any of its spellings (DM12); empty for another text. */
    static Optional<Boolean> logical(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Optional.of(true);
            case "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A single line of so many characters at most. */
    static boolean isLine(String text, int longest) {
        return text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }

    static ProblemException shape(String location, String detail) {
        return new ProblemException(Problem.INVALID_VALUE, detail, location);
    }

    private static boolean isBlank(JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.isString() && value.stringValue().isBlank();
    }
}
