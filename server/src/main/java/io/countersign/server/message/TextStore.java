package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.text.InvalidMessageText;
import io.countersign.server.text.MessageText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The table {@code message_texts}. */
final class TextStore {
    private TextStore() {}

    /** Keeps a text under its name; harmless when repeated. */
    static String store(Tx tx, ProjectId project, String name, MessageText.Parts parts) throws SQLException {
        tx.update("""
                insert into message_texts (project_id, text_hash, subject, html, text) values (?, ?, ?, ?, ?)
                on conflict do nothing""",
                project.value(), name, parts.subject(), parts.html(), parts.text());
        return name;
    }

    /** A text that this version cannot read is as good as none: it must not hold up its neighbours. */
    static Map<String, MessageText> find(Tx tx, ProjectId project, Set<String> names) throws SQLException {
        var found = new HashMap<String, MessageText>();
        tx.list("select text_hash, subject, html, text from message_texts where project_id = ? and text_hash = any(?)",
                row -> found.put(row.text("text_hash"), read(row).orElse(null)),
                project.value(), Tx.ArrayOf.of("text", List.copyOf(names)));
        found.values().removeIf(Objects::isNull);
        return found;
    }

    private static Optional<MessageText> read(Row row) throws SQLException {
        try {
            return Optional.of(MessageText.of(row.text("subject"), row.text("html"), row.text("text")));
        } catch (InvalidMessageText e) {
            return Optional.empty();
        }
    }
}
