package io.countersign.server.privacy;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.privacy.CopyRows.Part;
import io.countersign.server.privacy.CopyRows.Slice;
import io.countersign.server.privacy.CopyRows.Whose;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A copy of what is stored about one person. However long it is, no more than some rows of it are in memory at once,
 * and no connection to the database is held while the reader takes his time.
 */
final class PersonalCopy {
    private static final String OPERATOR = "operator";

    private final Database database;
    private final Whose whose;
    private final Head head;

    /**
     * @param about    what is to be known for reading the copy
     * @param document the customer's, without history and consents
     */
    record Head(ObjectNode about, ObjectNode document, ZoneId zone) {}

    PersonalCopy(Database database, Whose whose, Head head) {
        this.database = database;
        this.whose = whose;
        this.head = head;
    }

    /** The newest of each part, to be read. */
    CopyExcerpt excerpt() {
        ObjectNode document = head.document().deepCopy();
        var cut = new TreeSet<String>();
        for (Part part : PersonalDataStore.PARTS) {
            Slice slice = read(part, Optional.empty());
            slice.rows().forEach(document.putArray(part.name())::add);
            if (slice.next().isPresent()) {
                cut.add(part.name());
            }
        }
        return new CopyExcerpt(document, cut, head.zone());
    }

    /** All of it as one JSON object, a line for each row. */
    void write(OutputStream out) throws IOException {
        print(out, "{\n\"about\": " + Json.writeText(head.about()));
        for (Map.Entry<String, JsonNode> member : head.document().properties()) {
            print(out, ",\n\"" + member.getKey() + "\": " + Json.writeText(member.getValue()));
        }
        for (Part part : PersonalDataStore.PARTS) {
            print(out, ",\n\"" + part.name() + "\": [");
            writeRows(out, part);
            print(out, "]");
        }
        print(out, "\n}\n");
    }

    private void writeRows(OutputStream out, Part part) throws IOException {
        String before = "\n";
        Optional<Object> place = Optional.empty();
        do {
            Slice slice = read(part, place);
            for (ObjectNode row : slice.rows()) {
                print(out, before + Json.writeText(row));
                before = ",\n";
            }
            place = slice.next();
        } while (place.isPresent());
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Slice read(Part part, Optional<Object> after) {
        Slice slice = database.with(tx -> CopyRows.read(tx, part, whose, after));
        slice.rows().forEach(PersonalCopy::prepare);
        return slice;
    }

    /**
     * Who of the company did something, and from where, is data about him, and not about this person. A consent stands
     * among the consents, and is only named elsewhere. What is not known is left out.
     */
    private static void prepare(ObjectNode row) {
        if (row.path("actor").asString("").startsWith(OPERATOR + ":")) {
            row.put("actor", OPERATOR).remove(Set.of("ip", "user_agent"));
        }
        if (row.path("consent").isObject()) {
            row.set("consent", row.path("consent").path("id"));
        }
        row.removeIf(JsonNode::isNull);
    }
}
