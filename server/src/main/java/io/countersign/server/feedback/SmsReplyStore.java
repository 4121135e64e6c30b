package io.countersign.server.feedback;

import io.countersign.server.message.MessageTexts;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What must be known of earlier messages to answer an SMS. */
final class SmsReplyStore {
    private SmsReplyStore() {}

    /** How many answers to SMS a customer got since then. */
    static int answers(Tx tx, int project, UUID customer, Instant since) throws SQLException {
        return tx.one("""
                select count(*) as n from messages
                where project_id = ? and customer_id = ? and created_at > ? and content = any(?)""",
                row -> row.integer("n"), project, customer, since,
                Tx.ArrayOf.of("text", List.of(MessageTexts.BUILT_IN_STOPPED, MessageTexts.BUILT_IN_STARTED,
                        MessageTexts.BUILT_IN_HELP))).orElse(0);
    }

    /** The language that a customer was written in last, where one was chosen. */
    static Optional<String> language(Tx tx, int project, UUID customer) throws SQLException {
        return tx.one("""
                select language from messages
                where project_id = ? and customer_id = ? and language is not null
                order by message_id desc limit 1""",
                row -> row.text("language"), project, customer);
    }
}
