package io.countersign.server.platform.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The members of a JSON object from outside, read strictly; problems name the member by its dotted path. */
public final class Members {
    private final ObjectNode object;
    private final String path;

    private Members(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** A whole body; {@link Problem#UNKNOWN_FIELD} for a member that is not known. */
    public static Members of(ObjectNode body, Set<String> known) {
        return new Members(body, "").knowing(known);
    }

    private Members knowing(Set<String> known) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw new ProblemException(Problem.UNKNOWN_FIELD, "There is no such field here; known are "
                        + String.join(", ", known.stream().sorted().toList()) + ".", path(name));
            }
        }
        return this;
    }

    /** The dotted path of a member, for problems. Long names are cut: they are the caller's. */
    public String path(String name) {
        return path + (name.length() <= 100 ? name : name.substring(0, 100));
    }

    /** The names of all members. */
    public Set<String> names() {
        return Set.copyOf(object.propertyNames());
    }

    /** The value as it came; empty when it is absent. */
    public Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name));
    }

    /** A line of text, at most {@code longest} characters; null counts as the empty text. */
    public Optional<String> line(String name, int longest) {
        return value(name).map(value -> value.isNull() ? "" : checked(name, value, longest).strip());
    }

    /** A line of text that must be there and not blank; otherwise {@link Problem#MISSING_FIELD}. */
    public String required(String name, int longest) {
        return line(name, longest).filter(text -> !text.isEmpty()).orElseThrow(() -> new ProblemException(
                Problem.MISSING_FIELD, "This field is needed.", path(name)));
    }

    private String checked(String name, JsonNode value, int longest) {
        if (!value.isString()) {
            throw invalid(name, "A text is expected.");
        }
        return text(name, value.stringValue(), longest, Character::isISOControl);
    }

    /** A truth value; nothing when it is absent. */
    public Optional<Boolean> flag(String name) {
        return value(name).map(value -> {
            if (!value.isBoolean()) {
                throw invalid(name, "True or false is expected.");
            }
            return value.booleanValue();
        });
    }

    /** The same text, when it is short enough and has none of these letters. */
    public String text(String name, String text, int longest, IntPredicate refused) {
        if (text.length() > longest) {
            throw invalid(name, "The text may have at most " + longest + " characters.");
        }
        if (text.chars().anyMatch(refused)) {
            throw invalid(name, "Line breaks and control characters are not allowed.");
        }
        return text;
    }

    /** A problem with a member's value. */
    public ProblemException invalid(String name, String detail) {
        return new ProblemException(Problem.INVALID_VALUE, detail, path(name));
    }

    /** An object inside this one, with any members. */
    public Optional<Members> object(String name) {
        return value(name).map(value -> nested(value, name, path(name)));
    }

    /** An object inside this one, with known members. */
    public Optional<Members> object(String name, Set<String> known) {
        return object(name).map(members -> members.knowing(known));
    }

    /** A list of objects with known members; nothing when it is absent. */
    public List<Members> objects(String name, int most, Set<String> known) {
        Optional<JsonNode> list = value(name);
        if (list.isEmpty()) {
            return List.of();
        }
        if (!list.get().isArray() || list.get().size() > most) {
            throw invalid(name, "A list of at most " + most + " objects is expected.");
        }
        var result = new ArrayList<Members>();
        for (JsonNode item : list.get()) {
            result.add(nested(item, name, path(name) + "[" + result.size() + "]").knowing(known));
        }
        return result;
    }

    private Members nested(JsonNode value, String name, String at) {
        if (value instanceof ObjectNode inner) {
            return new Members(inner, at + ".");
        }
        throw invalid(name, "An object is expected.");
    }
}
