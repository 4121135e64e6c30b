package io.countersign.server.link;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.List;

/** The table {@code message_events}. */
public final class MessageEventRows {
    private static final Insert INSERT = Insert.into("message_events", "project_id integer", "event_id uuid",
            "message_id uuid", "customer_id uuid", "campaign_id integer", "variant text", "at timestamptz",
            "kind text", "link integer", "detail text", "automatic boolean", "ip text", "user_agent text");

    private MessageEventRows() {}

    /** Writes events of one project. */
    public static void write(Tx tx, ProjectId project, List<MessageEvent> events) throws SQLException {
        tx.insert(INSERT, events.stream().map(event -> columns(project, event)).toList());
    }

    private static Object[] columns(ProjectId project, MessageEvent event) {
        return new Object[] {project.value(), event.id(), event.of().message(), event.of().customer(),
            event.of().campaign().orElse(null), event.of().variant().orElse(null), event.at(),
            Names.of(event.kind()), event.number().orElse(null), event.detail().orElse(null),
            event.client().automatic(), event.client().ip().orElse(null), event.client().userAgent().orElse(null)};
    }
}
