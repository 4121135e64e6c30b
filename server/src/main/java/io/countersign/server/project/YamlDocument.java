package io.countersign.server.project;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a hostile file into nodes: bounded in size, depth and aliases before anything is built of it. */
final class YamlDocument {
    static final int MOST_BYTES = 5_000_000;
    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 50;
    private static final Place START = new Place(1, "");

    private YamlDocument() {}

    /** The root node; empty when there is none, or when it cannot be read and {@code problems} says why. */
    static Optional<Node> read(String name, byte[] content, Problems problems) {
        if (content.length > MOST_BYTES) {
            problems.add(START, "larger than " + MOST_BYTES + " bytes");
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return compose(name, text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
        } catch (CharacterCodingException e) {
            problems.add(START, "not UTF-8");
        } catch (MarkedYamlEngineException e) {
            problems.add(new Place(e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1), ""),
                    told(e));
        } catch (YamlEngineException e) {
            problems.add(START, "not YAML: " + firstLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(String name, String text, Problems problems) {
        var settings = LoadSettings.builder().setLabel(name).setCodePointLimit(MOST_BYTES).build();
        if (!isBounded(new Parse(settings).parseString(text), problems)) {
            return Optional.empty();
        }
        return new Compose(settings).composeString(text);
    }

    /**
     * Nodes are built by recursion and aliases multiply when read: both are counted on the flat events first.
     */
    private static boolean isBounded(Iterable<Event> events, Problems problems) {
        int depth = 0;
        int aliases = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> aliases++;
                default -> { }
            }
            if (depth > DEEPEST || aliases > MOST_ALIASES) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                problems.add(new Place(line, ""), depth > DEEPEST
                        ? "nested deeper than " + DEEPEST + " levels"
                        : "more than " + MOST_ALIASES + " aliases");
                return false;
            }
        }
        return true;
    }

    private static String told(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        return "not YAML: " + firstLine(context + e.getProblem());
    }

    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
