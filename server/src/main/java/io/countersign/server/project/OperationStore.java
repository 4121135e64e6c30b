package io.countersign.server.project;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.OperationSettings.Channel;
import io.countersign.server.project.OperationSettings.InlineMessage;
import io.countersign.server.project.OperationSettings.Slot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the table {@code operations}, and takes out of it. */
final class OperationStore {
    private static final int CODE_SECONDS = 300;

    private OperationStore() {}

    static List<Operation> all(Tx tx) throws SQLException {
        return tx.list("""
                select project_id, integration_id, name, step, requires_secret_key, returns_validation_errors,
                       calls_per_minute, channel, contact, lifetime_seconds, message_subject, message_html,
                       message_text, campaign
                from operations order by project_id, integration_id, name_key""", OperationStore::operation);
    }

    /** False when there is none of this name. */
    static boolean delete(Tx tx, Integration integration, String name) throws SQLException {
        return tx.update("""
                delete from operations where project_id = ? and integration_id = ? and name_key = lower(?)""",
                integration.project().value(), integration.id().value(), name) == 1;
    }

    private static Operation operation(Row row) throws SQLException {
        StepKind step = StepKind.of(row.text("step")).orElseThrow();
        return new Operation(new ProjectId(row.integer("project_id")),
                new IntegrationId(row.integer("integration_id")), row.text("name"), step,
                row.flag("requires_secret_key"), row.flag("returns_validation_errors"),
                row.integer("calls_per_minute"), settings(row, step));
    }

    /** Codes go by SMS and messages by email, unless something else is set. */
    private static OperationSettings settings(Row row, StepKind step) throws SQLException {
        Channel usual = step == StepKind.RESEND_CODE ? Channel.SMS : Channel.EMAIL;
        Integer lifetime = row.integerOrNull("lifetime_seconds");
        var message = new InlineMessage(Optional.ofNullable(row.text("message_subject")),
                Optional.ofNullable(row.text("message_html")), Optional.ofNullable(row.text("message_text")));
        return new OperationSettings(word(Channel.class, row.text("channel")).orElse(usual),
                word(Slot.class, row.text("contact")).orElse(Slot.PRIMARY),
                Duration.ofSeconds(lifetime == null ? CODE_SECONDS : lifetime),
                Optional.of(message).filter(parts -> !parts.isEmpty()), Optional.ofNullable(row.text("campaign")));
    }

    private static <E extends Enum<E>> Optional<E> word(Class<E> type, String text) {
        return Optional.ofNullable(text).map(word -> Names.parse(type, word));
    }
}
