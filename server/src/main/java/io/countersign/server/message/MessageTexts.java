package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The texts of transactional messages, each stored once; a message names the one it says. */
public final class MessageTexts {
    /** Names the built-in text that carries a code, written in the language of who gets it. */
    public static final String BUILT_IN_CODE = "code";

    private MessageTexts() {}

    /** Keeps a text and answers the name under which a message of this project can say it; harmless when repeated. */
    public static String store(Database database, ProjectId project, MessageText text) {
        return database.with(tx -> store(tx, project, text));
    }

    static String store(Tx tx, ProjectId project, MessageText text) throws SQLException {
        MessageText.Parts parts = text.parts();
        String name = name(parts);
        tx.update("""
                insert into message_texts (project_id, text_hash, subject, html, text) values (?, ?, ?, ?, ?)
                on conflict do nothing""",
                project.value(), name, parts.subject(), parts.html(), parts.text());
        return name;
    }

    /** The lengths keep parts apart that would read the same side by side. */
    private static String name(MessageText.Parts parts) {
        String all = parts.subject().length() + ":" + parts.html().length() + ":" + parts.subject() + parts.html()
                + parts.text();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, MessageText> find(Tx tx, ProjectId project, Set<String> names) throws SQLException {
        var found = new HashMap<String, MessageText>();
        tx.list("select text_hash, subject, html, text from message_texts where project_id = ? and text_hash = any(?)",
                row -> found.put(row.text("text_hash"),
                        MessageText.of(row.text("subject"), row.text("html"), row.text("text"))),
                project.value(), Tx.ArrayOf.of("text", List.copyOf(names)));
        return found;
    }
}
