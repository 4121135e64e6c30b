package io.countersign.server.tracking;

import io.countersign.domain.contact.ValidityRules;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageEventRows;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Readings among the events of messages: how many of them there are, and which were a machine's. */
final class ReadingStore {
    private ReadingStore() {}

    private record Kind(UUID message, MessageEvent.Kind kind) {}

    /** Writes events; answers the messages whose contact is invalid although somebody reads (CP10). */
    static List<UUID> write(Tx tx, ProjectId project, List<MessageEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return List.of();
        }
        var messages = Tx.ArrayOf.of("uuid", events.stream().map(event -> event.of().message()).distinct().sorted()
                .toList());
        lock(tx, project, messages);
        Map<Kind, Integer> counts = counts(tx, project, messages);
        List<MessageEvent> kept = events.stream().filter(event -> counts.merge(
                new Kind(event.of().message(), event.kind()), 1, Integer::sum) <= most(event.kind())).toList();
        MessageEventRows.write(tx, project, kept);
        markMachines(tx, project, messages);
        return invalidYetRead(tx, project, kept.stream().map(MessageEvent::id).toList());
    }

    /** Of one message and kind; the rest tells nothing new. */
    static int most(MessageEvent.Kind kind) {
        return switch (kind) {
            case UNSUBSCRIBE_REQUEST -> 1;
            case OPEN -> 50;
            default -> 100;
        };
    }

    /** Two nodes that count the same message's events do so one after the other. */
    private static void lock(Tx tx, ProjectId project, Tx.ArrayOf messages) throws SQLException {
        tx.list("select message_id from messages where project_id = ? and message_id = any(?) order by message_id"
                + " for no key update", row -> row.uuid("message_id"), project.value(), messages);
    }

    private static Map<Kind, Integer> counts(Tx tx, ProjectId project, Tx.ArrayOf messages) throws SQLException {
        var counts = new HashMap<Kind, Integer>();
        tx.list("""
                select message_id, kind, count(*) as n from message_events
                where project_id = ? and message_id = any(?) group by message_id, kind""",
                row -> counts.put(new Kind(row.uuid("message_id"),
                        Names.parse(MessageEvent.Kind.class, row.text("kind"))), row.integer("n")),
                project.value(), messages);
        return counts;
    }

    /** Whoever follows several links of a mail within two seconds is no person. */
    private static void markMachines(Tx tx, ProjectId project, Tx.ArrayOf messages) throws SQLException {
        tx.update("""
                update message_events e set automatic = true
                where e.project_id = ? and e.message_id = any(?) and not e.automatic
                  and e.kind in ('click', 'unsubscribe_request')
                  and exists (select 1 from message_events o
                              where o.project_id = e.project_id and o.message_id = e.message_id
                                and o.kind in ('click', 'unsubscribe_request')
                                and (o.kind, coalesce(o.link, 0)) <> (e.kind, coalesce(e.link, 0))
                                and o.at between e.at - interval '2 seconds' and e.at + interval '2 seconds')""",
                project.value(), messages);
    }

    private static List<UUID> invalidYetRead(Tx tx, ProjectId project, List<UUID> events) throws SQLException {
        return tx.list("""
                select distinct m.message_id
                from message_events e
                join messages m on m.project_id = e.project_id and m.message_id = e.message_id
                join contact_validity v on v.project_id = m.project_id and v.value = m.recipient
                                       and v.type = case m.channel when 'sms' then 'mobile' else 'email' end
                where e.project_id = ? and e.event_id = any(?) and not e.automatic and v.reason is not null
                  and m.state = 'sent' and e.at < m.done_at + ? * interval '1 second'""",
                row -> row.uuid("message_id"), project.value(), Tx.ArrayOf.of("uuid", events),
                ValidityRules.ANSWERED.toSeconds());
    }
}
