package io.countersign.server.operation;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as XML: the root {@code result}, lists as an element around their items (AP9). */
final class XmlAnswer {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");

    private XmlAnswer() {}

    static String write(ObjectNode answer) {
        var writer = new XmlAnswer();
        writer.element("result", answer);
        return writer.out.toString();
    }

    private void element(String name, JsonNode value) {
        if (!isName(name)) {
            // Names of custom fields and ids are the callers' own, and need not be names to XML.
            out.append("<field name=\"").append(escaped(name)).append("\">");
            content(name, value);
            out.append("</field>");
        } else if (!value.isNull()) {
            out.append('<').append(name).append('>');
            content(name, value);
            out.append("</").append(name).append('>');
        }
    }

    private void content(String name, JsonNode value) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                element(member.getKey(), member.getValue());
            }
        } else if (value.isArray()) {
            value.forEach(item -> element(Lists.itemOf(name), item));
        } else {
            out.append(escaped(value.asString()));
        }
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_.-]*") && !name.regionMatches(true, 0, "xml", 0, 3);
    }

    private static String escaped(String text) {
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\r' -> safe.append("&#13;");
                default -> safe.appendCodePoint(isCharacter(letter) ? letter : '?');
            }
        });
        return safe.toString();
    }

    /** XML 1.0 has no way to write most control characters. */
    private static boolean isCharacter(int letter) {
        return letter == '\t' || letter == '\n' || letter >= 0x20 && letter != 0xFFFE && letter != 0xFFFF;
    }
}
