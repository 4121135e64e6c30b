package io.countersign.server.operation;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Utf8;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads XML into the same tree that JSON gives: elements with elements are objects, elements with text are texts.
 * Attributes and name spaces carry nothing here. There are no document types, and so no entities to expand or fetch.
 */
final class XmlBody {
    private static final String ROOT = "operation";
    /** A field with several values has an element of this name for each. */
    private static final String VALUE = "value";

    private final XMLStreamReader reader;
    private int nodes;

    private XmlBody(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** @throws ProblemException {@link Problem#MALFORMED_XML} */
    static ObjectNode parse(String text) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            try {
                return new XmlBody(reader).document();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // Not the parser's message: it quotes the body.
            throw malformed("Not valid XML, at line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNumber())
                    + ".");
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing outside of the body is read");
        });
        return factory;
    }

    private ObjectNode document() throws XMLStreamException {
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("utf-8")) {
            throw malformed("The encoding must be UTF-8.");
        }
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            refuseDocumentType();
        }
        if (!reader.getLocalName().equals(ROOT)) {
            throw malformed("The root element must be \"" + ROOT + "\".");
        }
        JsonNode root = element(ROOT, 1);
        while (reader.hasNext()) {
            reader.next();
            refuseDocumentType();
        }
        return root instanceof ObjectNode object ? object : Json.object();
    }

    private JsonNode element(String name, int depth) throws XMLStreamException {
        if (depth > BodyReader.MOST_DEPTH || ++nodes > BodyReader.MOST_NODES) {
            throw malformed("The body is nested too deeply or has too many elements.");
        }
        if (Lists.isList(name)) {
            return list(Lists.itemOf(name), depth);
        }
        var text = new StringBuilder();
        ObjectNode object = Json.object();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.isStartElement()) {
                String child = reader.getLocalName();
                add(object, child, element(child, depth + 1));
            } else {
                text.append(characters());
            }
        }
        return object.isEmpty() ? Json.object().stringNode(storable(text.toString())) : object;
    }

    private static void add(ObjectNode object, String child, JsonNode node) {
        JsonNode before = object.get(child);
        if (before == null) {
            object.set(child, node);
        } else if (!child.equals(VALUE)) {
            throw malformed("An element stands twice where it may stand once.");
        } else if (before instanceof ArrayNode values) {
            values.add(node);
        } else {
            object.set(child, Json.array().add(before).add(node));
        }
    }

    private ArrayNode list(String item, int depth) throws XMLStreamException {
        ArrayNode list = Json.array();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.isStartElement()) {
                if (!reader.getLocalName().equals(item)) {
                    throw malformed("A list has another element than \"" + item + "\".");
                }
                list.add(element(item, depth + 1));
            } else {
                characters();
            }
        }
        return list;
    }

    private String characters() {
        return switch (reader.getEventType()) {
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> reader.getText();
            case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> "";
            default -> throw malformed("The XML has more than elements and text.");
        };
    }

    private static String storable(String text) {
        if (!Utf8.isStorable(text)) {
            throw malformed("A text has half a surrogate pair.");
        }
        return text.strip();
    }

    private void refuseDocumentType() {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
            throw malformed("A document type is not accepted.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.MALFORMED_XML, detail);
    }
}
